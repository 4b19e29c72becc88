package dev.inkan.server.store;

import dev.inkan.core.audit.AuditEntry;
import dev.inkan.core.audit.AuditTrail;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.CertificateStore;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.authority.AuthorityStores;
import dev.inkan.server.authority.IssuingCaStore;
import dev.inkan.server.authority.StatusResponderStore;
import dev.inkan.server.mail.MailSealer;
import dev.inkan.server.operation.AuditRegister;
import dev.inkan.server.operation.CertificateRegister;
import dev.inkan.server.operation.MailBook;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.operation.OperatorStore;
import dev.inkan.server.operation.PeopleRegister;
import dev.inkan.server.operation.RevocationRequestStore;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.access.SessionStore;
import dev.inkan.server.registration.administration.AddressChangeStore;
import dev.inkan.server.registration.administration.DirectoryStore;
import dev.inkan.server.registration.application.ApplicationStore;
import dev.inkan.server.registration.certificate.CalendarStore;
import dev.inkan.server.registration.certificate.HolderStore;
import dev.inkan.server.registration.invitation.InvitationStore;
import dev.inkan.server.registration.invitation.MasterStore;
import dev.inkan.server.registration.mail.MailRegister;
import dev.inkan.server.registration.mail.Outbox;
import dev.inkan.server.registration.master.MasterRegistrationStore;
import dev.inkan.server.registration.user.OrganisationStore;
import dev.inkan.server.registration.user.UserStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * {@link Transactions} over the database: READ COMMITTED, with row locks where the ports ask for
 * them. Audit events and the numbers of changed certificates are written last, just before the
 * commit: if they cannot be, nothing is committed. Safe for use by several threads.
 */
public final class JdbiTransactions implements Transactions<RegistrationStores> {

  private final Database database;
  private final MailSealer sealer;
  private final Clock clock;
  private final Consumer<Set<SerialNumber>> committed;
  private final Consumer<AuditEntry> audited;

  /**
   * @param sealer composes and seals each mail while its number is fresh
   * @param clock the time at which mails are queued
   */
  public JdbiTransactions(Database database, MailSealer sealer, Clock clock) {
    this(database, sealer, clock, changed -> {}, entry -> {});
  }

  private JdbiTransactions(
      Database database,
      MailSealer sealer,
      Clock clock,
      Consumer<Set<SerialNumber>> committed,
      Consumer<AuditEntry> audited) {
    this.audited = audited;
    this.database = database;
    this.sealer = sealer;
    this.clock = clock;
    this.committed = committed;
  }

  /**
   * The same transactions, which also tell {@code listener} of the certificates that one changed:
   * after the commit, in its thread, before its caller goes on. It must not throw.
   */
  public JdbiTransactions telling(Consumer<Set<SerialNumber>> listener) {
    return new JdbiTransactions(database, sealer, clock, committed.andThen(listener), audited);
  }

  /** The same, telling {@code listener} what one wrote into the audit trail, after the commit. */
  public JdbiTransactions auditing(Consumer<AuditEntry> listener) {
    return new JdbiTransactions(database, sealer, clock, committed, audited.andThen(listener));
  }

  @Override
  public <R> R inTransaction(Function<RegistrationStores, R> work) {
    return run(work);
  }

  private <R> R run(Function<? super HandleStores, R> work) {
    LedgerEnd end = new LedgerEnd();
    R result =
        database.inTransaction(
            handle -> {
              R returned = work.apply(new HandleStores(handle, end));
              end.write(handle);
              return returned;
            });
    if (!end.changed().isEmpty()) {
      committed.accept(end.changed());
    }
    end.entries().forEach(audited);
    return result;
  }

  /** The same for the bank's staff, whose stores are more. */
  public Transactions<OperationStores> operation() {
    return new Transactions<>() {
      @Override
      public <R> R inTransaction(Function<OperationStores, R> work) {
        return run(work);
      }
    };
  }

  /** The same for the CAs themselves. */
  public Transactions<AuthorityStores> authority() {
    return new Transactions<>() {
      @Override
      public <R> R inTransaction(Function<AuthorityStores, R> work) {
        return run(work);
      }
    };
  }

  private final class HandleStores implements OperationStores, AuthorityStores {

    private final Handle handle;
    private final LedgerEnd end;

    private HandleStores(Handle handle, LedgerEnd end) {
      this.handle = handle;
      this.end = end;
    }

    @Override
    public CertificateStore certificates() {
      return new JdbiCertificateStore(handle, end);
    }

    @Override
    public AuditTrail audit() {
      return end;
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
    public OperatorStore operators() {
      return new JdbiOperatorStore(handle);
    }

    @Override
    public CertificateRegister certificateRegister() {
      return new JdbiCertificateRegister(handle);
    }

    @Override
    public PeopleRegister people() {
      return new JdbiPeopleRegister(handle);
    }

    @Override
    public RevocationRequestStore requests() {
      return new JdbiRevocationRequestStore(handle);
    }

    @Override
    public AuditRegister auditRegister() {
      return new JdbiAuditRegister(handle);
    }

    @Override
    public MailBook mailBook() {
      return new JdbiMailBook(handle);
    }

    @Override
    public IssuingCaStore issuingCas() {
      return new JdbiIssuingCaStore(handle);
    }

    @Override
    public StatusResponderStore statusResponders() {
      return new JdbiStatusResponderStore(handle);
    }

    @Override
    public Instant databaseTime() {
      return database.time(handle);
    }
  }
}
