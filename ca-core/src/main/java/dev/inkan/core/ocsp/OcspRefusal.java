package dev.inkan.core.ocsp;

/**
 * An answer that says nothing about any certificate. It is unsigned, so nobody may keep it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-4.2.1">RFC 6960, section 4.2.1</a>
 */
public enum OcspRefusal {
  /** The octets are no request, or one of more certificates than are answered at once. */
  MALFORMED_REQUEST(1),
  /** Nothing can be said at this moment that would be true. */
  TRY_LATER(3),
  /** Every certificate that was asked about is another CA's (RFC 5019, section 2.2.3). */
  UNAUTHORIZED(6);

  private final int code;

  OcspRefusal(int code) {
    this.code = code;
  }

  /** The {@code OCSPResponse} in DER; the caller may change the array. */
  public byte[] toResponse() {
    return new byte[] {0x30, 0x03, 0x0a, 0x01, (byte) code};
  }
}
