package dev.inkan.core.certificate;

import java.time.Instant;
import java.util.Optional;

/**
 * One entry of the CA's ledger: what was issued, to whom, for how long, and whether it still holds.
 *
 * @param issuer the CA that signs it; a root is its own
 * @param preparedAt when the serial number was taken
 * @param preparedBy the process that took it
 * @param revocation present once the certificate is revoked, while it is on hold, and for every
 *     abandoned entry
 */
public record CertificateRecord(
    SerialNumber serialNumber,
    CertificateKind kind,
    CaName issuer,
    SubscriberId subscriber,
    Validity validity,
    LedgerState state,
    Instant preparedAt,
    NodeName preparedBy,
    Optional<CertificateStatus.Revoked> revocation) {

  /** An entry whose certificate is about to be signed. */
  public static CertificateRecord prepared(
      SerialNumber serialNumber,
      CertificateKind kind,
      CaName issuer,
      SubscriberId subscriber,
      Validity validity,
      Instant preparedAt,
      NodeName preparedBy) {
    return new CertificateRecord(
        serialNumber,
        kind,
        issuer,
        subscriber,
        validity,
        LedgerState.PREPARED,
        preparedAt,
        preparedBy,
        Optional.empty());
  }

  /** The same entry once its certificate is stored. */
  public CertificateRecord issued() {
    return new CertificateRecord(
        serialNumber,
        kind,
        issuer,
        subscriber,
        validity,
        LedgerState.ISSUED,
        preparedAt,
        preparedBy,
        revocation);
  }

  /**
   * The same entry once its serial number is burnt: nothing was handed out, it counts as revoked.
   */
  public CertificateRecord abandoned(Instant at) {
    return new CertificateRecord(
        serialNumber,
        kind,
        issuer,
        subscriber,
        validity,
        LedgerState.ABANDONED,
        preparedAt,
        preparedBy,
        Optional.of(abandonment(at)));
  }

  /** How an entry that was abandoned at {@code at} counts as revoked. */
  public static CertificateStatus.Revoked abandonment(Instant at) {
    return new CertificateStatus.Revoked(at, RevocationReason.UNSPECIFIED);
  }

  /** The same entry once its certificate is revoked. */
  public CertificateRecord revoked(CertificateStatus.Revoked by) {
    return new CertificateRecord(
        serialNumber,
        kind,
        issuer,
        subscriber,
        validity,
        state,
        preparedAt,
        preparedBy,
        Optional.of(by));
  }

  /** The same entry once its hold has ended. */
  public CertificateRecord released() {
    return new CertificateRecord(
        serialNumber,
        kind,
        issuer,
        subscriber,
        validity,
        state,
        preparedAt,
        preparedBy,
        Optional.empty());
  }

  /** Whether the certificate is on hold: revoked for now, and perhaps not for ever. */
  public boolean isOnHold() {
    return revocation.filter(CertificateStatus.Revoked::isHold).isPresent();
  }

  /** Whether the certificate was issued, is not revoked and is within its validity. */
  public boolean isValidAt(Instant now) {
    return state == LedgerState.ISSUED && revocation.isEmpty() && validity.contains(now);
  }
}
