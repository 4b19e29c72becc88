package dev.inkan.server.store;

import dev.inkan.core.audit.AuditTrail;
import dev.inkan.core.store.CertificateStore;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.mail.MailSealer;
import dev.inkan.server.registration.ApplicationStore;
import dev.inkan.server.registration.Outbox;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.SessionStore;
import dev.inkan.server.registration.UserStore;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * {@link Transactions} over the database: READ COMMITTED, with row locks where the ports ask for
 * them. Safe for use by several threads.
 */
public final class JdbiTransactions implements Transactions<RegistrationStores> {

  private final Database database;
  private final MailSealer sealer;
  private final Clock clock;

  /**
   * @param sealer composes and seals each mail while its number is fresh
   * @param clock the time at which mails are queued
   */
  public JdbiTransactions(Database database, MailSealer sealer, Clock clock) {
    this.database = database;
    this.sealer = sealer;
    this.clock = clock;
  }

  @Override
  public <R> R inTransaction(Function<RegistrationStores, R> work) {
    return database.inTransaction(handle -> work.apply(new HandleStores(handle)));
  }

  private final class HandleStores implements RegistrationStores {

    private final Handle handle;

    private HandleStores(Handle handle) {
      this.handle = handle;
    }

    @Override
    public CertificateStore certificates() {
      return new JdbiCertificateStore(handle);
    }

    @Override
    public AuditTrail audit() {
      return new JdbiAuditTrail(handle);
    }

    @Override
    public UserStore users() {
      return new JdbiUserStore(handle);
    }

    @Override
    public SessionStore sessions() {
      return new JdbiSessionStore(handle);
    }

    @Override
    public ApplicationStore applications() {
      return new JdbiApplicationStore(handle);
    }

    @Override
    public Outbox outbox() {
      return new JdbiOutbox(handle, sealer, clock);
    }

    @Override
    public Instant databaseTime() {
      return database.time(handle);
    }
  }
}
