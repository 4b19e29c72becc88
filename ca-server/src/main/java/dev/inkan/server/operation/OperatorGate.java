package dev.inkan.server.operation;

import dev.inkan.core.api.Operator;
import dev.inkan.core.api.OperatorState;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says whose certificate it is, anew for every request: a revocation, a disabled operator or an end
 * counts at once, whatever connection or TLS session is still open. Names in certificates are never
 * believed: the ledger knows the certificate by its fingerprint, and so does the operator's row
 * (S7). Safe for several threads.
 */
public final class OperatorGate {

  private final Transactions<OperationStores> transactions;
  private final CertificateStatusAuthority authority;
  private final Clock clock;

  public OperatorGate(
      Transactions<OperationStores> transactions,
      CertificateStatusAuthority authority,
      Clock clock) {
    this.transactions = transactions;
    this.authority = authority;
    this.clock = clock;
  }

  /**
   * Identifies the operator. The first use of a renewed credential replaces and revokes the older
   * ones.
   */
  public Identification identify(Der certificate) {
    Fingerprint fingerprint = Fingerprint.of(certificate);
    Known known = transactions.inTransaction(stores -> look(stores, fingerprint));
    if (!known.isFirstUse()) {
      return known.identification();
    }
    List<SerialNumber> replaced =
        transactions.inTransaction(stores -> stores.operators().use(fingerprint, clock.instant()));
    Actor actor = ((Identification.Admitted) known.identification()).caller().actor();
    for (SerialNumber older : replaced) {
      StatusOutcome unused =
          authority.revoke(
              older, RevocationReason.SUPERSEDED, Optional.empty(), actor, (stores, revoked) -> {});
    }
    return known.identification();
  }

  private record Known(Identification identification, boolean isFirstUse) {}

  private Known look(OperationStores stores, Fingerprint fingerprint) {
    Optional<CertificateRecord> entry =
        stores.certificates().find(fingerprint).filter(it -> it.kind() == CertificateKind.OPERATOR);
    Optional<OperatorStore.Holder> holder =
        entry.flatMap(it -> stores.operators().holder(fingerprint));
    if (holder.isEmpty()) {
      String subscriber =
          stores
              .certificates()
              .find(fingerprint)
              .map(it -> it.subscriber().value())
              .orElse("unknown");
      return refused(
          new Actor(Actor.Kind.SUBSCRIBER, subscriber),
          Refusal.of(
              ProblemType.NOT_AN_OPERATOR,
              "the certificate shown is no operator's",
              "Use the credential (.p12) that an administrator made for you."));
    }
    return judge(entry.get(), holder.get());
  }

  private Known judge(CertificateRecord entry, OperatorStore.Holder holder) {
    Operator operator = holder.operator();
    Actor actor = new Actor(Actor.Kind.OPERATOR, operator.name());
    String renew = "Ask an administrator: inkan-admin operator renew " + operator.name();
    if (operator.state() == OperatorState.DISABLED) {
      return refused(
          actor,
          Refusal.of(
              ProblemType.OPERATOR_DISABLED,
              "operator " + operator.name() + " is disabled",
              "Ask an administrator."));
    }
    if (holder.replaced()
        || entry.state() != LedgerState.ISSUED
        || entry.revocation().isPresent()) {
      return refused(
          actor,
          Refusal.of(
              ProblemType.CREDENTIAL_REVOKED,
              holder.replaced()
                  ? "the certificate was replaced by a newer one"
                  : "the certificate is revoked",
              holder.replaced() ? "Use the newer credential." : renew));
    }
    if (!entry.validity().contains(clock.instant())) {
      return refused(
          actor,
          Refusal.of(
              ProblemType.CREDENTIAL_EXPIRED,
              "the certificate was valid until " + entry.validity().notAfter(),
              renew));
    }
    Caller caller =
        new Caller(
            operator.name(),
            operator.displayName(),
            Set.copyOf(operator.roles()),
            entry.validity().notAfter());
    return new Known(new Identification.Admitted(caller), !holder.used());
  }

  private static Known refused(Actor actor, Refusal refusal) {
    return new Known(new Identification.Refused(actor, refusal), false);
  }
}
