package dev.inkan.server.authority;

import dev.inkan.core.certificate.CaName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The installation's issuing CAs, the oldest first, and what follows from how they stand.
 * Immutable.
 *
 * @param all in the order of their numbers; never empty
 */
public record Generations(List<Generation> all) {

  public Generations {
    all = all.stream().sorted(Comparator.comparingInt(Generation::number)).toList();
    if (all.isEmpty()) {
      throw new IllegalArgumentException("an installation has an issuing CA");
    }
  }

  /** The installation's first, which its journals are of. */
  public Generation first() {
    return all.get(0);
  }

  /** The one that issues at {@code now}: the newest that may. */
  public Generation active(Instant now) {
    return all.stream()
        .filter(it -> it.mayIssue(now))
        .reduce((older, newer) -> newer)
        .orElseThrow(() -> new RolloverException("no issuing CA may issue at " + now));
  }

  /** Those that servers sign with, the one that issues at {@code now} first. */
  public List<Generation> signing(Instant now) {
    Generation active = active(now);
    return all.stream()
        .filter(Generation::signs)
        .sorted(
            Comparator.comparing((Generation it) -> !it.equals(active))
                .thenComparing(Generation::number, Comparator.reverseOrder()))
        .toList();
  }

  /** How far {@code one} of these has come at {@code now}. */
  public Standing standing(Generation one, Instant now) {
    if (one.retired().isPresent()) {
      return Standing.RETIRED;
    }
    if (one.isAwaited()) {
      return Standing.AWAITED;
    }
    if (one.isPrepared()) {
      return Standing.PREPARED;
    }
    int active = active(now).number();
    if (one.number() == active) {
      return Standing.ISSUING;
    }
    return one.number() > active ? Standing.SCHEDULED : Standing.FORMER;
  }

  /** Those that issued before the one that issues at {@code now}, and still answer for it. */
  public List<Generation> former(Instant now) {
    Generation active = active(now);
    return all.stream().filter(it -> it.signs() && it.number() < active.number()).toList();
  }

  /** The newest, if it does not issue yet and nobody has said when. */
  public Optional<Generation> underWay() {
    Generation newest = all.get(all.size() - 1);
    return newest.isAwaited() || newest.isPrepared() ? Optional.of(newest) : Optional.empty();
  }

  /** The number that the next one will have. */
  public int nextNumber() {
    return all.get(all.size() - 1).number() + 1;
  }

  public Optional<Generation> find(CaName name) {
    return all.stream().filter(it -> it.name().equals(name)).findFirst();
  }
}
