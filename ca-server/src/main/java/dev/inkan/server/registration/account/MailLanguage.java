package dev.inkan.server.registration.account;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserStores;
import java.time.Clock;
import java.util.Optional;

/** Lets users choose in which language they are written to (F1). Safe for several threads. */
public final class MailLanguage {

  private final Transactions<? extends UserStores> transactions;
  private final Clock clock;

  public MailLanguage(Transactions<? extends UserStores> transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** From now on {@code user} is written to in {@code language}. */
  public void choose(User user, Language language) {
    transactions.inTransaction(
        stores -> {
          if (stores.users().setLanguage(user.id(), language)) {
            stores
                .audit()
                .append(
                    new AuditEvent(
                        clock.instant(),
                        new Actor(Actor.Kind.SUBSCRIBER, user.userId().value()),
                        AuditAction.LANGUAGE_CHANGED,
                        Optional.of(user.id()),
                        Optional.empty(),
                        language.code()));
          }
          return true;
        });
  }
}
