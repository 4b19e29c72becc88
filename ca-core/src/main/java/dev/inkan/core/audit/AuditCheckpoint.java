package dev.inkan.core.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * How far the audit trail had come at a time, under the audit key's signature. Whoever rewrites
 * records before it needs that key as well.
 *
 * @param number the last record there was
 * @param hash that record's hash
 * @param at when it was signed; cut to the microsecond
 * @param previous the number of the checkpoint before, or 0 if this is the first
 * @param signedBy the fingerprint of the audit key's certificate
 * @param signature ECDSA with SHA-256 (X9.62) over {@link #signedOctets}, in Base64
 */
public record AuditCheckpoint(
    long number, ChainHash hash, Instant at, long previous, String signedBy, String signature) {

  /** The JCA's name of the signature algorithm. */
  public static final String SIGNATURE_ALGORITHM = "SHA256withECDSA";

  private static final String FORM = "inkan-audit-checkpoint-1";

  public AuditCheckpoint {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /** What the signature is over: six texts, written as {@link AuditChain} writes them. */
  public byte[] signedOctets() {
    return new CanonicalTexts()
        .add(FORM)
        .add(Long.toString(number))
        .add(hash.hex())
        .add(AuditChain.time(at))
        .add(Long.toString(previous))
        .add(signedBy)
        .octets();
  }

  /** This checkpoint with {@code octets} for its signature. */
  public AuditCheckpoint signed(byte[] octets) {
    return new AuditCheckpoint(
        number, hash, at, previous, signedBy, Base64.getEncoder().encodeToString(octets));
  }
}
