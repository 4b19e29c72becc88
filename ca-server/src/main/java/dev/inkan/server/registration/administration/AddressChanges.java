package dev.inkan.server.registration.administration;

import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.CodePolicy;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.application.ResendOutcome;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.CodeBook;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A general user's new mail address (C4): it counts once a code mailed to it has come back through
 * the master user, and the old address is told. Safe for several threads.
 */
public final class AddressChanges {

  private static final Duration A_DAY = Duration.ofHours(24);

  private final MasterActs acts;
  private final CodeBook codes;
  private final CodePolicy policy;
  private final Chance chance;

  public AddressChanges(
      Transactions<? extends AdministrationStores> transactions,
      CodeBook codes,
      CodePolicy policy,
      Chance chance) {
    this.acts = new MasterActs(transactions, chance.clock());
    this.codes = codes;
    this.policy = policy;
    this.chance = chance;
  }

  /** Mails a code to the new address. One change is under way per user: the newest. */
  public Administered<AddressOutcome> begin(
      SubscriberId actor, UserId target, MailAddress address) {
    return acts.on(actor, target, act -> begin(act, address));
  }

  private AddressOutcome begin(MasterActs.Act act, MailAddress address) {
    User user = act.target();
    if (address.equals(user.mail())) {
      return AddressOutcome.SAME_ADDRESS;
    }
    AddressChangeStore changes = act.stores().addressChanges();
    Instant now = act.now();
    int mailedToday = changes.countMailsSince(user.id(), now.minus(A_DAY));
    if (!policy.mayMakeAnother(mailedToday)) {
      act.audit(AuditAction.CODE_REFUSED, "too many codes for a new address within 24 hours");
      return AddressOutcome.TOO_MANY_CODES;
    }
    UUID id = new UUID(chance.random().nextLong(), chance.random().nextLong());
    CodeState code = new CodeState(1, 0, now, policy.expires(now));
    AddressChange change =
        new AddressChange(id, user.id(), address, act.office().master().id(), now, code);
    changes.begin(change);
    mailCode(act, change);
    return AddressOutcome.CODE_SENT;
  }

  /** Compares the code that the new address got. */
  public Administered<AddressCodeOutcome> enterCode(
      SubscriberId actor, UserId target, VerificationCode code) {
    return acts.on(
        actor,
        target,
        act ->
            act.stores()
                .addressChanges()
                .find(act.target().id())
                .map(change -> enter(act, change, code))
                .orElseGet(AddressCodeOutcome.NoChange::new));
  }

  private AddressCodeOutcome enter(
      MasterActs.Act act, AddressChange change, VerificationCode given) {
    AddressChangeStore changes = act.stores().addressChanges();
    Optional<CodeState> reserved = changes.reserveTry(change.id(), act.now(), policy.tries());
    if (reserved.isEmpty()) {
      act.audit(AuditAction.CODE_REFUSED, "new address; no code is awaited");
      return new AddressCodeOutcome.Expired();
    }
    CodeState code = reserved.get();
    if (codes.code(change.id(), code.counter()).matches(given)) {
      return accept(act, change);
    }
    int triesLeft = policy.tries() - code.tries();
    act.audit(AuditAction.CODE_REFUSED, "new address; tries left: " + triesLeft);
    if (triesLeft > 0) {
      return new AddressCodeOutcome.Wrong(triesLeft);
    }
    changes.end(change.id());
    return new AddressCodeOutcome.Voided();
  }

  private AddressCodeOutcome accept(MasterActs.Act act, AddressChange change) {
    User user = act.target();
    act.stores().addressChanges().end(change.id());
    act.stores().users().changeMail(user.id(), change.mail());
    act.audit(AuditAction.ADDRESS_CHANGED, user.userId().value());
    act.tell(new Notice.AddressChanged(user.userId(), change.mail().masked()));
    return new AddressCodeOutcome.Changed(change.mail());
  }

  /** Mails the same code once more. */
  public Administered<ResendOutcome> resend(SubscriberId actor, UserId target) {
    return acts.on(
        actor,
        target,
        act ->
            act.stores()
                .addressChanges()
                .find(act.target().id())
                .filter(change -> act.now().isBefore(change.code().expiresAt()))
                .map(change -> resend(act, change))
                .orElseGet(ResendOutcome.NoCode::new));
  }

  private ResendOutcome resend(MasterActs.Act act, AddressChange change) {
    Instant notAfter = act.now().minus(policy.resendAfter());
    if (!act.stores().addressChanges().resend(change.id(), act.now(), notAfter)) {
      return new ResendOutcome.TooSoon(resendOpensAt(change.code()));
    }
    mailCode(act, change);
    return new ResendOutcome.Resent();
  }

  /** From when on the same code can be asked for again. */
  public Instant resendOpensAt(CodeState code) {
    return code.sentAt().plus(policy.resendAfter());
  }

  /** The master user gives up; the old address stays. */
  public Administered<Boolean> cancel(SubscriberId actor, UserId target) {
    return acts.on(
        actor,
        target,
        act -> {
          act.stores().addressChanges().endOf(act.target().id());
          act.audit(AuditAction.ADDRESS_CHANGE_CANCELLED, act.target().userId().value());
          return true;
        });
  }

  private void mailCode(MasterActs.Act act, AddressChange change) {
    User user = act.target();
    CodeState code = change.code();
    Notice notice =
        new Notice.AddressCode(
            user.userId(), codes.code(change.id(), code.counter()), code.expiresAt());
    act.stores()
        .outbox()
        .add(OutgoingMail.toAddress(user, change.mail(), notice).before(code.expiresAt()));
    act.audit(AuditAction.CODE_SENT, "to a new address");
  }
}
