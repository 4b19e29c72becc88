package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unites what is known of used CRL numbers at the start of a server (S9). */
public final class CrlNumbers {

  private static final Logger LOG = LoggerFactory.getLogger(CrlNumbers.class);

  private CrlNumbers() {}

  /**
   * Makes sure that no number is used again, whichever of them was restored from a backup.
   *
   * @param known the last number by the journal, by the published file
   * @return whether the database knew less
   */
  public static boolean unite(CrlStore store, CaName ca, List<Optional<CrlNumber>> known) {
    Optional<CrlNumber> last = store.look(ca).lastNumber();
    Optional<CrlNumber> highest =
        known.stream().flatMap(Optional::stream).max(Comparator.naturalOrder());
    Optional<CrlNumber> missed =
        highest.filter(it -> last.filter(taken -> !it.isAfter(taken)).isEmpty());
    missed.ifPresent(
        it -> {
          LOG.warn("CRL number {} of {} was not in the database: not used again", it, ca);
          store.raise(ca, it);
        });
    return missed.isPresent();
  }
}
