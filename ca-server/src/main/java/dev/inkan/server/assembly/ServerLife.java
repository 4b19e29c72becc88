package dev.inkan.server.assembly;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.Host;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import java.util.Optional;

/** A server's start and stop in the audit trail. A start after a start tells of a sudden end. */
final class ServerLife implements AutoCloseable {

  private final Transactions<RegistrationStores> transactions;
  private final Host host;

  private ServerLife(Transactions<RegistrationStores> transactions, Host host) {
    this.transactions = transactions;
    this.host = host;
  }

  static ServerLife begin(Transactions<RegistrationStores> transactions, Host host) {
    ServerLife life = new ServerLife(transactions, host);
    life.write(AuditAction.SERVER_STARTED);
    return life;
  }

  @Override
  public void close() {
    write(AuditAction.SERVER_STOPPED);
  }

  private void write(AuditAction action) {
    transactions.inTransaction(
        stores -> {
          stores
              .audit()
              .append(
                  new AuditEvent(
                      host.clock().instant(),
                      new Actor(Actor.Kind.SYSTEM, host.node().value()),
                      action,
                      Optional.empty(),
                      Optional.empty(),
                      ""));
          return true;
        });
  }
}
