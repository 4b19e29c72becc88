package dev.inkan.server.store;

import java.util.Arrays;

/** Two sets of measurements, and how well one is told from the other. Ranks alone count. */
final class TwoSamples {

  private final double[] one;
  private final double[] other;

  TwoSamples(double[] one, double[] other) {
    this.one = sorted(one);
    this.other = sorted(other);
  }

  /** The value below which {@code share} of the measurements lie. */
  static double quantile(double[] values, double share) {
    double[] sorted = sorted(values);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * How often a measurement of the first set is the greater of a random pair (Mann and Whitney's U
   * over the number of pairs): 0.5 when nothing tells them apart, 0 or 1 when one measurement does.
   */
  double areaUnderCurve() {
    double greater = 0;
    int below = 0;
    int upTo = 0;
    for (double value : one) {
      while (below < other.length && other[below] < value) {
        below++;
      }
      while (upTo < other.length && other[upTo] <= value) {
        upTo++;
      }
      greater += below + (upTo - below) / 2.0;
    }
    return greater / ((double) one.length * other.length);
  }

  /**
   * How often somebody is right who looks at one measurement and says of which set it is, by the
   * best threshold there is for these very sets: 0.5 is guessing.
   */
  double bestThresholdIsRight() {
    double gap = 0;
    int below = 0;
    for (int i = 0; i < one.length; i++) {
      while (below < other.length && other[below] <= one[i]) {
        below++;
      }
      double share = (double) below / other.length;
      gap = Math.max(gap, Math.abs((i + 1.0) / one.length - share));
      gap = Math.max(gap, Math.abs((double) i / one.length - share));
    }
    return 0.5 + gap / 2;
  }
}
