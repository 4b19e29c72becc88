package dev.inkan.server.operation;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.RevocationCompletion;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * Changes what responders and CRLs say of a certificate. The holder and the master are told in the
 * same transaction (D6). Safe for several threads.
 */
public interface CertificateStatusAuthority {

  /**
   * Revokes for ever.
   *
   * @param invalidityDate since when the key is not to be trusted; not in the future
   * @param completion runs in the transaction that revokes; not if it was revoked already
   */
  StatusOutcome revoke(
      SerialNumber serialNumber,
      RevocationReason reason,
      Optional<Instant> invalidityDate,
      Actor actor,
      RevocationCompletion<OperationStores> completion);

  /** Puts on hold until it is released or revoked. */
  StatusOutcome hold(SerialNumber serialNumber, Optional<Instant> invalidityDate, Actor actor);

  /** Ends a hold. */
  StatusOutcome release(SerialNumber serialNumber, Actor actor);
}
