package dev.inkan.server.registration.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * How many passwords one source address may have checked in a while, so that one address can
 * neither guess fast nor lock out many users. Kept in memory, per process. Safe for several
 * threads.
 */
public final class SourceBudget {

  private static final int MAXIMUM_SOURCES = 100_000;

  private final LoadingCache<String, Bucket> buckets;

  /**
   * @param attempts admitted in a burst and again over each {@code per}
   */
  public SourceBudget(int attempts, Duration per) {
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAXIMUM_SOURCES)
            .expireAfterAccess(per)
            .build(
                source ->
                    Bucket.builder()
                        .addLimit(limit -> limit.capacity(attempts).refillGreedy(attempts, per))
                        .build());
  }

  /** Takes one attempt of {@code source}; false if it has none left for now. */
  public boolean admit(String source) {
    return buckets.get(source).tryConsume(1);
  }
}
