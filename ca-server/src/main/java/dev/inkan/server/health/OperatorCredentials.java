package dev.inkan.server.health;

import dev.inkan.core.api.CredentialState;
import dev.inkan.core.api.Operator;
import dev.inkan.core.api.OperatorCredential;
import dev.inkan.core.api.OperatorState;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.operation.Paging;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The newest credential of each operator who may come in. */
public final class OperatorCredentials {

  private OperatorCredentials() {}

  /** As the ledger has them now; of the first thousand operators. */
  public static List<OwnCertificate> of(Transactions<OperationStores> transactions, Clock clock) {
    Instant now = clock.instant();
    return transactions
        .inTransaction(stores -> stores.operators().list(Paging.first(Paging.MAXIMUM), now))
        .items()
        .stream()
        .filter(it -> it.state() == OperatorState.ACTIVE)
        .flatMap(it -> newest(it).stream())
        .toList();
  }

  private static Optional<OwnCertificate> newest(Operator operator) {
    return operator.credentials().stream()
        .filter(it -> it.state() == CredentialState.VALID || it.state() == CredentialState.EXPIRED)
        .map(OperatorCredential::notAfter)
        .max(Comparator.naturalOrder())
        .map(end -> OwnCertificate.operator(operator.name(), end));
  }
}
