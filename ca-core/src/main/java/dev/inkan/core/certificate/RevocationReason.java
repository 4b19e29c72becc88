package dev.inkan.core.certificate;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a certificate was revoked.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-5.3.1">RFC 5280, section 5.3.1</a>
 */
public enum RevocationReason {
  UNSPECIFIED(0),
  KEY_COMPROMISE(1),
  CA_COMPROMISE(2),
  AFFILIATION_CHANGED(3),
  SUPERSEDED(4),
  CESSATION_OF_OPERATION(5),
  CERTIFICATE_HOLD(6),
  // 7 is not used
  REMOVE_FROM_CRL(8),
  PRIVILEGE_WITHDRAWN(9),
  AA_COMPROMISE(10);

  private final int code;

  RevocationReason(int code) {
    this.code = code;
  }

  /** The {@code CRLReason} value. */
  public int code() {
    return code;
  }

  /** Whether an administrator may choose this reason; the others are reserved for the CA itself. */
  public boolean allowedForAdministrators() {
    return switch (this) {
      case UNSPECIFIED,
          KEY_COMPROMISE,
          AFFILIATION_CHANGED,
          SUPERSEDED,
          CESSATION_OF_OPERATION,
          PRIVILEGE_WITHDRAWN ->
          true;
      case CA_COMPROMISE, CERTIFICATE_HOLD, REMOVE_FROM_CRL, AA_COMPROMISE -> false;
    };
  }

  public static Optional<RevocationReason> ofCode(int code) {
    return Arrays.stream(values()).filter(reason -> reason.code == code).findFirst();
  }
}
