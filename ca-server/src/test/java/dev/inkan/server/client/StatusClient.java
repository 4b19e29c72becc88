package dev.inkan.server.client;

import dev.inkan.core.certificate.SerialNumber;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An independent client, asked one way. */
public interface StatusClient {

  /** Where it has its knowledge from. */
  enum Source {
    OCSP,
    /** The newest full CRL. */
    CRL,
    /** An earlier full CRL on schedule and the newest delta over it. */
    DELTA
  }

  /**
   * What to expect of it.
   *
   * @param name who, and how asked
   * @param details what it tells of a revocation
   * @param ended whether it says something of ended certificates, other than that they ended
   * @param foreign what it says of another CA's certificates
   */
  record Traits(
      String name, Source source, Set<Verdict.Detail> details, boolean ended, Verdict foreign) {}

  Traits traits();

  /** How it tells what the ledger says. */
  default Verdict told(Verdict ledger) {
    return ledger.only(traits().details());
  }

  /** What it says of each. */
  Map<SerialNumber, Verdict> ask(Site site, List<Leaf> leaves);
}
