package dev.inkan.server.operation;

import dev.inkan.core.api.Mail;
import dev.inkan.core.api.MailState;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.mail.MailNumber;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What became of mails (B17, D6). Thread-safe. */
public final class MailDesk {

  private final Transactions<OperationStores> transactions;
  private final Clock clock;

  public MailDesk(Transactions<OperationStores> transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Mails, the newest first. */
  public Page<Mail> list(Optional<MailState> state, Optional<String> userId, Paging paging) {
    return transactions.inTransaction(stores -> stores.mailBook().list(state, userId, paging));
  }

  public Outcome<Mail> find(long number) {
    return Outcome.found(
        transactions.inTransaction(stores -> stores.mailBook().find(number)),
        () -> unknown(number));
  }

  /** Has a mail that waits for another try handed over at once. */
  public Outcome<Mail> retry(Caller caller, long number) {
    return transactions.inTransaction(
        stores -> {
          Instant now = clock.instant();
          Optional<Mail> before = stores.mailBook().find(number);
          if (before.isEmpty()) {
            return Outcome.refused(unknown(number));
          }
          if (!stores.mails().hasten(new MailNumber(number), now)) {
            return Outcome.refused(wrongState(before.get()));
          }
          stores
              .audit()
              .append(
                  new AuditEvent(
                      now,
                      caller.actor(),
                      AuditAction.MAIL_RETRIED,
                      Optional.empty(),
                      Optional.empty(),
                      "mail " + number));
          return Outcome.done(stores.mailBook().find(number).orElseThrow());
        });
  }

  private static Refusal wrongState(Mail mail) {
    String[] next = mail.advice().stream().toArray(String[]::new);
    return mail.state() == MailState.QUEUED
        ? Refusal.of(
            ProblemType.WRONG_STATE,
            "mail " + mail.number() + " is being handed over at this moment")
        : Refusal.of(
            ProblemType.WRONG_STATE,
            "mail "
                + mail.number()
                + " was "
                + mail.state().name().toLowerCase(Locale.ROOT)
                + ": its text is erased and cannot be sent again",
            next);
  }

  private static Refusal unknown(long number) {
    return Refusal.notFound("mail", Long.toString(number), "inkan-admin mail list shows them.");
  }
}
