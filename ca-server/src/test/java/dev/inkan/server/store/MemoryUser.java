package dev.inkan.server.store;

import dev.inkan.core.audit.AuditTrail;
import dev.inkan.core.policy.CodePolicy;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.mail.Outbox;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.user.OrganisationStore;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserStore;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One user in memory, with the counters that the pure policy keeps: the ports of the registration
 * authority as far as passwords and codes need them. Anything else fails. For one thread.
 */
final class MemoryUser implements Transactions<RegistrationStores> {

  private final RegistrationStores stores;
  private final CodePolicy codes;
  private User user;

  MemoryUser(User user, CodePolicy codes, Consumer<OutgoingMail> mails) {
    this.user = user;
    this.codes = codes;
    UserStore users = port(UserStore.class, this::ofUsers);
    AuditTrail audit = event -> {};
    Outbox outbox = mails::accept;
    OrganisationStore organisations = port(OrganisationStore.class, MemoryUser::ofOrganisations);
    this.stores =
        port(
            RegistrationStores.class,
            (method, arguments) ->
                switch (method.getName()) {
                  case "users" -> users;
                  case "audit" -> audit;
                  case "outbox" -> outbox;
                  case "organisations" -> organisations;
                  default -> throw new UnsupportedOperationException(method.toString());
                });
  }

  private interface Answer {
    Object to(Method method, Object[] arguments);
  }

  private static <P> P port(Class<P> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                answer.to(method, arguments == null ? new Object[0] : arguments)));
  }

  @Override
  public <R> R inTransaction(Function<RegistrationStores, R> work) {
    return work.apply(stores);
  }

  private static Object ofOrganisations(Method method, Object[] arguments) {
    if (method.getName().equals("isOpen")) {
      return true;
    }
    throw new UnsupportedOperationException(method.toString());
  }

  private Object ofUsers(Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "find" -> Optional.of(user).filter(it -> isMeant(it, arguments[0]));
      case "reserveAttempt" -> reserve((Instant) arguments[1], (LockoutPolicy) arguments[2]);
      case "reserveInVain" -> true;
      case "clearAttempts" -> clear((PasswordHash) arguments[1], (Attempts) arguments[2]);
      case "countVoidCode" -> countVoidCode((Instant) arguments[1], (LockoutPolicy) arguments[3]);
      case "clearVoidCodes" -> with(user.lock().withoutCodes());
      case "unlock" -> with(Attempts.NONE);
      case "setPassword" -> with((UserPassword) arguments[1]);
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  private static boolean isMeant(User user, Object id) {
    return id instanceof UserId ? user.userId().equals(id) : user.id().equals(id);
  }

  private Optional<Attempts> reserve(Instant now, LockoutPolicy policy) {
    boolean refused = user.lock().refusesAt(now);
    with(policy.afterFailure(user.lock(), now));
    return refused ? Optional.empty() : Optional.of(user.lock());
  }

  private boolean clear(PasswordHash verified, Attempts reserved) {
    boolean counts =
        user.password().hash().equals(verified)
            && user.lock().codes().locks() <= reserved.codes().locks();
    return counts && with(user.lock().withoutPasswords());
  }

  private Optional<Attempts> countVoidCode(Instant now, LockoutPolicy policy) {
    boolean refused = user.lock().refusesAt(now);
    with(policy.afterVoidCode(user.lock(), now, codes));
    return refused ? Optional.empty() : Optional.of(user.lock());
  }

  private boolean with(Attempts lock) {
    return with(user.password(), lock);
  }

  private boolean with(UserPassword password) {
    return with(password, user.lock());
  }

  private boolean with(UserPassword password, Attempts lock) {
    user =
        new User(
            user.id(),
            user.userId(),
            user.role(),
            user.organisation(),
            user.name(),
            user.mail(),
            user.language(),
            password,
            lock);
    return true;
  }
}
