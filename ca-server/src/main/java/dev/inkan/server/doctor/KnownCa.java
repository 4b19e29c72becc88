package dev.inkan.server.doctor;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.authority.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An issuing CA of the installation, as far as it can be known.
 *
 * @param certificate empty where no database could be asked
 */
record KnownCa(CaName name, Standing standing, Optional<Der> certificate) {

  /** Those that the database has, the oldest first. */
  static List<KnownCa> of(Generations all, Instant now) {
    return all.all().stream()
        .map(it -> new KnownCa(it.name(), all.standing(it, now), it.certificate()))
        .toList();
  }

  /**
   * Those that a running server signs with.
   *
   * @param issues whether it issues by the CA of this name
   */
  static List<KnownCa> signing(Map<CaName, Boolean> issues) {
    int active =
        issues.entrySet().stream()
            .filter(Map.Entry::getValue)
            .mapToInt(it -> Generation.numberOf(it.getKey()))
            .findFirst()
            .orElse(Generation.FIRST);
    return issues.keySet().stream()
        .sorted((one, other) -> Generation.numberOf(one) - Generation.numberOf(other))
        .map(it -> new KnownCa(it, standing(Generation.numberOf(it), active), Optional.empty()))
        .toList();
  }

  private static Standing standing(int number, int active) {
    if (number == active) {
      return Standing.ISSUING;
    }
    return number < active ? Standing.FORMER : Standing.PREPARED;
  }

  /** One of which nothing but its key is known. */
  static KnownCa ofKey(int number) {
    return new KnownCa(Generation.nameOf(number), Standing.ISSUING, Optional.empty());
  }

  int number() {
    return Generation.numberOf(name);
  }

  /** Whether every server needs its key. */
  boolean signs() {
    return standing != Standing.AWAITED && standing != Standing.RETIRED;
  }
}
