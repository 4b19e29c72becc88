package dev.inkan.server.status;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.ocsp.SingleAnswer;
import java.time.Instant;

/**
 * A status in eight octets: what it is in the lowest four bits, the reason in the next twelve, the
 * second of the revocation above. Two are equal if they are answered alike.
 */
final class PackedStatus {

  /** Never issued: what the table says where there is no entry. */
  static final long UNKNOWN = 0;

  private static final long GOOD = 1;
  private static final long NEVER_ISSUED = 2;
  private static final long REVOKED = 3;

  private static final int FOR_EVER = 3;

  private static final int KIND_MASK = 0xf;
  private static final int REASON_SHIFT = 4;
  private static final int REASON_MASK = 0xfff;
  private static final int SECOND_SHIFT = 16;

  private PackedStatus() {}

  static long pack(CertificateStatus status) {
    if (status instanceof CertificateStatus.Good) {
      return GOOD;
    }
    if (status.equals(SingleAnswer.NEVER_ISSUED)) {
      return NEVER_ISSUED;
    }
    if (status instanceof CertificateStatus.Revoked revoked) {
      return revoked.at().getEpochSecond() << SECOND_SHIFT
          | (long) revoked.reason().code() << REASON_SHIFT
          | REVOKED;
    }
    return UNKNOWN;
  }

  /** Whether this can never be taken back: a revocation that is no hold. */
  static boolean isForEver(long packed) {
    return severity(packed) == FOR_EVER;
  }

  /** Whether this keeps a certificate out. */
  static boolean isBad(long packed) {
    return severity(packed) > 0;
  }

  /** Of two that contradict each other, the one that is told. */
  static long worse(long one, long other) {
    return severity(other) > severity(one) ? other : one;
  }

  private static int severity(long packed) {
    if (packed == UNKNOWN || packed == GOOD) {
      return 0;
    }
    if (packed == NEVER_ISSUED) {
      return 2;
    }
    int reason = (int) (packed >> REASON_SHIFT) & REASON_MASK;
    return reason == RevocationReason.CERTIFICATE_HOLD.code() ? 1 : FOR_EVER;
  }

  static CertificateStatus unpack(long packed) {
    return switch ((int) (packed & KIND_MASK)) {
      case (int) UNKNOWN -> new CertificateStatus.Unknown();
      case (int) GOOD -> new CertificateStatus.Good();
      case (int) NEVER_ISSUED -> SingleAnswer.NEVER_ISSUED;
      default ->
          new CertificateStatus.Revoked(
              Instant.ofEpochSecond(packed >> SECOND_SHIFT),
              RevocationReason.ofCode((int) (packed >> REASON_SHIFT) & REASON_MASK).orElseThrow());
    };
  }
}
