package dev.inkan.bench;

import java.util.List;

/**
 * Several measurements of one thing.
 *
 * @param values at least one, in one unit
 */
record Measured(List<Double> values) {

  Measured {
    values = values.stream().sorted().toList();
  }

  /** All of them. */
  static Measured of(List<Measured> parts) {
    return new Measured(parts.stream().flatMap(it -> it.values().stream()).toList());
  }

  double median() {
    int half = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(half)
        : (values.get(half - 1) + values.get(half)) / 2;
  }

  double least() {
    return values.get(0);
  }

  double most() {
    return values.get(values.size() - 1);
  }
}
