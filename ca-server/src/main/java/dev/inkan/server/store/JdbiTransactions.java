package dev.inkan.server.store;

import dev.inkan.core.audit.AuditTrail;
import dev.inkan.core.store.CertificateStore;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.mail.MailSealer;
import dev.inkan.server.registration.AddressChangeStore;
import dev.inkan.server.registration.ApplicationStore;
import dev.inkan.server.registration.CalendarStore;
import dev.inkan.server.registration.DirectoryStore;
import dev.inkan.server.registration.HolderStore;
import dev.inkan.server.registration.InvitationStore;
import dev.inkan.server.registration.MailRegister;
import dev.inkan.server.registration.MasterRegistrationStore;
import dev.inkan.server.registration.MasterStore;
import dev.inkan.server.registration.OrganisationStore;
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
    public AddressChangeStore addressChanges() {
      return new JdbiAddressChangeStore(handle);
    }

    @Override
    public DirectoryStore directory() {
      return new JdbiDirectoryStore(handle);
    }

    @Override
    public HolderStore holders() {
      return new JdbiHolderStore(handle);
    }

    @Override
    public OrganisationStore organisations() {
      return new JdbiOrganisationStore(handle);
    }

    @Override
    public InvitationStore invitations() {
      return new JdbiInvitationStore(handle);
    }

    @Override
    public CalendarStore calendar() {
      return new JdbiCalendarStore(handle);
    }

    @Override
    public MasterStore masters() {
      return new JdbiMasterStore(handle);
    }

    @Override
    public MasterRegistrationStore registrations() {
      return new JdbiMasterRegistrationStore(handle);
    }

    @Override
    public Outbox outbox() {
      return new JdbiOutbox(handle, sealer, clock);
    }

    @Override
    public MailRegister mails() {
      return new JdbiMailRegister(handle);
    }

    @Override
    public Instant databaseTime() {
      return database.time(handle);
    }
  }
}
