package dev.inkan.server.authority;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import java.time.Instant;
import java.util.Optional;

/** Where a node writes down, beside the database, which issuing CAs there are. */
@FunctionalInterface
public interface IssuingCaJournal {

  /**
   * Writes down one as it stands now.
   *
   * @param issuesFrom from when on it issues, once that is said
   */
  void issuingCa(CaName ca, Optional<Instant> issuesFrom, Der certificate, Instant at);
}
