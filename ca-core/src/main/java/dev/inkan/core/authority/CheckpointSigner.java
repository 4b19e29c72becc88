package dev.inkan.core.authority;

import dev.inkan.core.audit.AuditCheckpoint;
import dev.inkan.core.audit.ChainHash;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.key.KeyAlgorithm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.bouncycastle.operator.ContentSigner;

/** Signs checkpoints of the audit trail with the audit key. Safe for use by several threads. */
public final class CheckpointSigner {

  private final IssuerKey key;

  /**
   * @param key a P-256 key, such as {@link AuditCertificates} certifies
   */
  public CheckpointSigner(IssuerKey key) {
    if (key.algorithm() != KeyAlgorithm.P_256) {
      throw new IllegalArgumentException("an audit key is a p-256 key, not " + key.algorithm());
    }
    this.key = key;
  }

  /**
   * Signs that the audit trail had come to record {@code number} with {@code hash}.
   *
   * @param previous the number of the checkpoint before, or 0
   */
  public AuditCheckpoint sign(long number, ChainHash hash, long previous, Instant at) {
    AuditCheckpoint checkpoint =
        new AuditCheckpoint(
            number, hash, at, previous, Fingerprint.of(key.certificate()).hex(), "");
    ContentSigner signer = key.newSigner();
    try (OutputStream signed = signer.getOutputStream()) {
      signed.write(checkpoint.signedOctets());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is a digest in memory
    }
    return checkpoint.signed(signer.getSignature());
  }
}
