package dev.inkan.server.operation;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.RevocationCompletion;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.registration.certificate.HolderMails;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * {@link CertificateStatusAuthority} by the CA's authority; tells holder and master in the same
 * transaction.
 */
public final class LedgerStatusAuthority implements CertificateStatusAuthority {

  private final RevocationAuthority<OperationStores> authority;

  public LedgerStatusAuthority(RevocationAuthority<OperationStores> authority) {
    this.authority = authority;
  }

  @Override
  public StatusOutcome revoke(
      SerialNumber serialNumber,
      RevocationReason reason,
      Optional<Instant> invalidityDate,
      Actor actor,
      RevocationCompletion<OperationStores> completion) {
    return told(
        authority.revoke(
            serialNumber,
            new Revocation(reason, invalidityDate),
            actor,
            (stores, revoked) -> {
              tell(stores, revoked, HolderMails::revoked);
              completion.complete(stores, revoked);
            }));
  }

  @Override
  public StatusOutcome hold(
      SerialNumber serialNumber, Optional<Instant> invalidityDate, Actor actor) {
    return told(
        authority.hold(
            serialNumber,
            invalidityDate,
            actor,
            (stores, held) -> tell(stores, held, HolderMails::held)));
  }

  @Override
  public StatusOutcome release(SerialNumber serialNumber, Actor actor) {
    return told(
        authority.release(
            serialNumber,
            actor,
            (stores, released) -> tell(stores, released, HolderMails::released)));
  }

  private static void tell(
      OperationStores stores,
      CertificateRecord changed,
      BiConsumer<OperationStores, CertificateRecord> mails) {
    if (changed.kind() == CertificateKind.SUBSCRIBER) {
      mails.accept(stores, changed);
    }
  }

  private static StatusOutcome told(RevocationOutcome outcome) {
    return switch (outcome) {
      case REVOKED, HELD, RELEASED -> StatusOutcome.DONE;
      case ALREADY_REVOKED -> StatusOutcome.ALREADY_REVOKED;
      case ALREADY_HELD -> StatusOutcome.ALREADY_HELD;
      case NOT_HELD -> StatusOutcome.NOT_HELD;
      case EXPIRED -> StatusOutcome.EXPIRED;
      case INVALID_BEFORE_ISSUE -> StatusOutcome.INVALID_BEFORE_ISSUE;
      case NOT_ISSUED_HERE -> StatusOutcome.NOT_ISSUED_HERE;
    };
  }
}
