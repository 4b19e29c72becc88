package dev.inkan.server.operation;

import dev.inkan.core.api.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many at most; 1-{@value #MAXIMUM}
 * @param after the cursor that the part before ended with
 */
public record Paging(int limit, Optional<String> after) {

  /** How many one part holds at most. */
  public static final int MAXIMUM = 1_000;

  /** How many where nobody says. */
  public static final int DEFAULT = 100;

  public Paging {
    if (limit < 1 || limit > MAXIMUM) {
      throw new IllegalArgumentException("limit must be 1-" + MAXIMUM);
    }
  }

  /** The first {@code limit}. */
  public static Paging first(int limit) {
    return new Paging(limit, Optional.empty());
  }

  /**
   * The part, of which one more than wanted was read to know whether it is the last.
   *
   * @param cursor of an item: what comes after it
   */
  public <R, T> Page<T> page(List<R> read, Function<R, T> item, Function<R, String> cursor) {
    List<R> part = read.size() > limit ? read.subList(0, limit) : read;
    Optional<String> next =
        read.size() > limit
            ? Optional.of(cursor.apply(part.get(part.size() - 1)))
            : Optional.empty();
    return new Page<>(part.stream().map(item).toList(), next);
  }
}
