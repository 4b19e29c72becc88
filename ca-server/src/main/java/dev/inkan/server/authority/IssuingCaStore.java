package dev.inkan.server.authority;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The installation's CAs, inside one transaction. */
public interface IssuingCaStore {

  /** Every issuing CA. */
  Generations all();

  /** As {@link #all}, while every other transaction that asks so waits until this one ended. */
  Generations lock();

  /** Adds one whose key was made. */
  void add(Generation requested);

  /**
   * Stores the certificate of one that has none yet.
   *
   * @return false if it has one
   */
  boolean certify(CaName name, Der certificate, Instant at);

  /** Stores a certificate that is known by now, of the root or the first issuing CA. */
  void adopt(CaName name, Der certificate);

  /** Says from when on it issues. */
  void issueFrom(CaName name, Instant from);

  /** Says that it signs nothing any more. */
  void retire(CaName name, Instant at);

  /** When the last certificate that it issued ends, its responders' aside. */
  Optional<Instant> lastEnd(CaName name);

  /** Whether a CRL of it has been signed. */
  boolean hasCrl(CaName name);

  /** The newest CRL of it that any server signed. */
  Optional<NewestCrl> newestCrl(CaName name);

  /** When the newest certificate of its OCSP responders ends that counts by the ledger. */
  Optional<Instant> responderEnd(CaName name);

  /**
   * A CRL.
   *
   * @param nextUpdate when it ends
   */
  record NewestCrl(CrlNumber number, Instant nextUpdate) {}

  /** Nodes whose server was last started before {@code at} and has not been stopped since. */
  List<String> startedBefore(Instant at);
}
