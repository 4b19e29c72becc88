package dev.inkan.server.mail;

import dev.inkan.core.audit.AuditTrail;
import dev.inkan.core.store.CertificateStore;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.authority.IssuingCaStore;
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
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Transactions that wake the sender when they have queued a mail, so that nobody waits at ⑤ for the
 * timetable. Safe for several threads.
 */
public final class PromptMail implements Transactions<OperationStores> {

  private final Transactions<OperationStores> transactions;
  private final Runnable wakeSender;

  /**
   * @param wakeSender returns at once; called after the commit, in the transaction's thread
   */
  public PromptMail(Transactions<OperationStores> transactions, Runnable wakeSender) {
    this.transactions = transactions;
    this.wakeSender = wakeSender;
  }

  @Override
  public <R> R inTransaction(Function<OperationStores, R> work) {
    AtomicBoolean queued = new AtomicBoolean();
    R result = transactions.inTransaction(stores -> work.apply(new Watched(stores, queued)));
    if (queued.get()) {
      wakeSender.run();
    }
    return result;
  }

  /** The same for whoever needs no more than the registration authority's stores. */
  public Transactions<RegistrationStores> registration() {
    PromptMail all = this;
    return new Transactions<>() {
      @Override
      public <R> R inTransaction(Function<RegistrationStores, R> work) {
        return all.inTransaction(work::apply);
      }
    };
  }

  private record Watched(OperationStores stores, AtomicBoolean queued) implements OperationStores {

    @Override
    public Outbox outbox() {
      return mail -> {
        stores.outbox().add(mail);
        queued.set(true);
      };
    }

    @Override
    public CertificateStore certificates() {
      return stores.certificates();
    }

    @Override
    public AuditTrail audit() {
      return stores.audit();
    }

    @Override
    public UserStore users() {
      return stores.users();
    }

    @Override
    public SessionStore sessions() {
      return stores.sessions();
    }

    @Override
    public ApplicationStore applications() {
      return stores.applications();
    }

    @Override
    public AddressChangeStore addressChanges() {
      return stores.addressChanges();
    }

    @Override
    public DirectoryStore directory() {
      return stores.directory();
    }

    @Override
    public HolderStore holders() {
      return stores.holders();
    }

    @Override
    public OrganisationStore organisations() {
      return stores.organisations();
    }

    @Override
    public InvitationStore invitations() {
      return stores.invitations();
    }

    @Override
    public MailRegister mails() {
      return stores.mails();
    }

    @Override
    public CalendarStore calendar() {
      return stores.calendar();
    }

    @Override
    public MasterStore masters() {
      return stores.masters();
    }

    @Override
    public MasterRegistrationStore registrations() {
      return stores.registrations();
    }

    @Override
    public IssuingCaStore issuingCas() {
      return stores.issuingCas();
    }

    @Override
    public OperatorStore operators() {
      return stores.operators();
    }

    @Override
    public CertificateRegister certificateRegister() {
      return stores.certificateRegister();
    }

    @Override
    public PeopleRegister people() {
      return stores.people();
    }

    @Override
    public RevocationRequestStore requests() {
      return stores.requests();
    }

    @Override
    public AuditRegister auditRegister() {
      return stores.auditRegister();
    }

    @Override
    public MailBook mailBook() {
      return stores.mailBook();
    }

    @Override
    public Instant databaseTime() {
      return stores.databaseTime();
    }
  }
}
