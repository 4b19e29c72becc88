package dev.inkan.core.store;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The ledger: every certificate this CA prepared or issued. A store lives inside one transaction;
 * see {@link Transactions}.
 *
 * <p>It is called a store, not a repository: in RFC 5280 a repository is the public service that
 * distributes certificates and CRLs.
 */
public interface CertificateStore {

  /**
   * Makes every other transaction that locks the same subscriber wait until this one ended.
   *
   * @return false if there is no such subscriber
   */
  boolean lock(SubscriberId subscriber);

  /** Every entry of the subscriber, in the order of preparation. */
  List<CertificateRecord> findBySubscriber(SubscriberId subscriber);

  Optional<CertificateRecord> find(SerialNumber serialNumber);

  /** The entry whose stored certificate has this fingerprint. */
  Optional<CertificateRecord> find(Fingerprint fingerprint);

  /** The certificate's DER, once stored. */
  Optional<Der> encoded(SerialNumber serialNumber);

  /** Entries still {@code PREPARED} that {@code node} left, oldest first. */
  List<CertificateRecord> findPrepared(NodeName node);

  /**
   * Adds an entry before anything is signed. A subscriber's entry becomes the subscriber's current
   * one and takes that mark from the one before; the database lets no subscriber have two (A8).
   */
  void prepare(CertificateRecord prepared);

  /**
   * Stores the certificate of a {@code PREPARED} entry.
   *
   * @return false if the entry is no longer {@code PREPARED}: somebody closed it meanwhile
   */
  boolean markIssued(SerialNumber serialNumber, Der certificate);

  /**
   * Burns a {@code PREPARED} entry: it counts as revoked from {@code at} on.
   *
   * @param signed the certificate, if a signature is known to exist
   * @return false if the entry was not {@code PREPARED}
   */
  boolean abandon(SerialNumber serialNumber, Instant at, Optional<Der> signed);

  /** Adds an {@code ISSUED} entry known from elsewhere: the ceremony, or the journal. */
  void restore(CertificateRecord issued, Der certificate);

  /**
   * Marks the certificate revoked for ever; one on hold as well.
   *
   * @return false if it is not {@code ISSUED} or was revoked already; the first revocation stands
   */
  boolean revoke(SerialNumber serialNumber, CertificateStatus.Revoked revocation);

  /**
   * Puts the certificate on hold. It keeps its place as its subscriber's current one (A8).
   *
   * @param hold its time is later than the certificate's last release
   * @return false if it is not {@code ISSUED}, is revoked or on hold, or was released since
   */
  boolean hold(SerialNumber serialNumber, CertificateStatus.Revoked hold);

  /**
   * Ends the certificate's hold.
   *
   * @param at later than the beginning of the hold
   * @return false if it is not on hold, or is so only since
   */
  boolean release(SerialNumber serialNumber, Instant at);

  /** When the certificate was last released from a hold. */
  Optional<Instant> released(SerialNumber serialNumber);
}
