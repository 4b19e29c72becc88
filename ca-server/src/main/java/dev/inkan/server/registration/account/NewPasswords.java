package dev.inkan.server.registration.account;

import dev.inkan.server.registration.application.ApplicationStores;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.secret.HashingGate;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserStore;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes what a user chose their password (C5). Safe for several threads. */
public final class NewPasswords {

  private final PasswordHasher hasher;
  private final HashingGate gate;

  /**
   * @param gate the one that log-ins pass as well, so that choosing cannot take every core either
   */
  public NewPasswords(PasswordHasher hasher, HashingGate gate) {
    this.hasher = hasher;
    this.gate = gate;
  }

  /**
   * The hash of {@code chosen}, unless it is the password before once more.
   *
   * @param before the hash of the password it replaces
   */
  public Hashing hash(LoginPassword chosen, PasswordHash before) {
    return new Hashing(
        gate.pass(
            () ->
                hasher.verify(chosen, before)
                    ? Optional.empty()
                    : Optional.of(hasher.hash(chosen))));
  }

  /** What became of hashing: nothing while too many wait; in it nothing for the same password. */
  public record Hashing(Optional<Optional<PasswordHash>> result) {

    /** One of three answers. */
    public <R> R fold(Function<PasswordHash, R> hashed, Supplier<R> same, Supplier<R> busy) {
      return result.map(it -> it.map(hashed).orElseGet(same)).orElseGet(busy);
    }
  }

  /**
   * Stores the hash as the user's own password, ends what was open with the one before, and tells
   * the user. The caller holds the password before ({@link UserStore#holdPassword}) and opens the
   * session that goes on afterwards.
   */
  public void set(ApplicationStores stores, User user, PasswordHash hash) {
    stores.users().setPassword(user.id(), UserPassword.own(hash));
    stores.sessions().removeOf(user.id());
    stores.outbox().add(OutgoingMail.to(user, new Notice.PasswordChanged(user.userId())));
  }
}
