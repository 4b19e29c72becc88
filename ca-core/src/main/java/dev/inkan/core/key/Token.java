package dev.inkan.core.key;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.key.Cryptoki.TokenInSlot;
import dev.inkan.core.key.KeyUnavailableException.Reason;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * A token of a hardware security module, reached through PKCS#11 and the JDK's provider. It may go
 * away and come back: whoever needs it meanwhile is told by a {@link KeyUnavailableException}, and
 * the first who needs it afterwards logs in anew. Safe for use by several threads.
 *
 * <p>A PIN that the token refused is not tried a second time, since a few wrong ones lock a token.
 */
public final class Token {

  private static final long PIN_FINAL_TRY = 0x20000;
  private static final long PIN_LOCKED = 0x40000;

  private final TokenSettings settings;
  private final Supplier<Passphrase> pin;
  private final AtomicReference<Optional<TokenConnection>> current =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Failure>> failure =
      new AtomicReference<>(Optional.empty());
  private final AtomicBoolean pinRefused = new AtomicBoolean();
  private final Object connecting = new Object();

  /** When it was away last, by the clock that no one sets, and what was wrong. */
  private record Failure(long at, String message) {}

  /** Something to be done at the token. */
  @FunctionalInterface
  interface Use<T> {
    T at(TokenConnection connection)
        throws CryptokiException, GeneralSecurityException, OperatorCreationException;
  }

  /**
   * @param pin the user's PIN, asked for at each log-in; closed after use
   */
  public Token(TokenSettings settings, Supplier<Passphrase> pin) {
    this.settings = settings;
    this.pin = pin;
  }

  /** The token's label. */
  public String label() {
    return settings.label();
  }

  /**
   * Does something at the token; a second time, after a new log-in, if the first fails because a
   * session or the token went away since the last use.
   *
   * @throws KeyUnavailableException if that fails as well
   */
  <T> T use(String keyId, Use<T> use) {
    TokenConnection connection = connection(keyId);
    try {
      return once(connection, use);
    } catch (CryptokiException
        | GeneralSecurityException
        | OperatorCreationException
        | ProviderException first) {
      lost(connection);
    }
    TokenConnection next = connection(keyId);
    try {
      return once(next, use);
    } catch (CryptokiException
        | GeneralSecurityException
        | OperatorCreationException
        | ProviderException e) {
      throw lost(keyId, next, e);
    }
  }

  private static <T> T once(TokenConnection connection, Use<T> use)
      throws CryptokiException, GeneralSecurityException, OperatorCreationException {
    Lock lock = connection.cryptoki().lock().readLock();
    lock.lock();
    try {
      connection.requireThisStart();
      return use.at(connection);
    } finally {
      lock.unlock();
    }
  }

  /** Notes that {@code connection} is of no more use, and tells why. */
  KeyUnavailableException lost(String keyId, TokenConnection connection, Exception cause) {
    lost(connection);
    return new KeyUnavailableException(
        keyId,
        Reason.TOKEN_AWAY,
        "the token '" + settings.label() + "' failed: " + CryptokiException.nameOf(cause),
        cause);
  }

  private void lost(TokenConnection connection) {
    current.updateAndGet(it -> it.filter(held -> held != connection));
  }

  private TokenConnection connection(String keyId) {
    Optional<TokenConnection> held = current();
    if (held.isPresent()) {
      return held.get();
    }
    synchronized (connecting) {
      return current().orElseGet(() -> connect(keyId));
    }
  }

  private Optional<TokenConnection> current() {
    return requireNonNull(current.get()).filter(TokenConnection::isOfThisStart);
  }

  private TokenConnection connect(String keyId) {
    if (pinRefused.get()) {
      throw wrongPin(keyId, "was refused before and is not tried again until the next start");
    }
    requireNonNull(failure.get())
        .filter(it -> System.nanoTime() - it.at() < settings.pause().toNanos())
        .ifPresent(
            it -> {
              throw new KeyUnavailableException(keyId, Reason.TOKEN_AWAY, it.message());
            });
    try {
      TokenConnection connection = connectOrRestart(keyId);
      failure.set(Optional.empty());
      current.set(Optional.of(connection));
      return connection;
    } catch (CryptokiException | ProviderException e) {
      String message =
          "the token '" + settings.label() + "' cannot be reached: " + CryptokiException.nameOf(e);
      failure.set(Optional.of(new Failure(System.nanoTime(), message)));
      throw new KeyUnavailableException(keyId, Reason.TOKEN_AWAY, message, e);
    }
  }

  private TokenConnection connectOrRestart(String keyId) throws CryptokiException {
    Cryptoki cryptoki = Cryptoki.of(settings.library());
    try {
      return connect(keyId, cryptoki);
    } catch (CryptokiException | ProviderException away) {
      // Some libraries look at their slots when they start, and never again.
      cryptoki.restart();
    }
    return connect(keyId, cryptoki);
  }

  private TokenConnection connect(String keyId, Cryptoki cryptoki) throws CryptokiException {
    Lock lock = cryptoki.lock().readLock();
    lock.lock();
    try {
      TokenInSlot token = find(keyId, cryptoki.tokens());
      Provider provider = cryptoki.provider(token.slot(), "");
      logIn(keyId, token, (AuthProvider) provider);
      TokenConnection connection = new TokenConnection(cryptoki, token.slot(), provider);
      cryptoki.retain(connection);
      return connection;
    } finally {
      lock.unlock();
    }
  }

  private TokenInSlot find(String keyId, List<TokenInSlot> tokens) throws CryptokiException {
    List<TokenInSlot> found =
        tokens.stream().filter(it -> it.label().equals(settings.label())).toList();
    if (found.isEmpty()) {
      List<String> others =
          tokens.stream().map(TokenInSlot::label).filter(it -> !it.isEmpty()).toList();
      throw new CryptokiException(
          "no slot of " + settings.library() + " holds it; tokens there: " + others);
    }
    if (found.size() > 1) {
      throw new KeyUnavailableException(
          keyId,
          Reason.AMBIGUOUS,
          found.size() + " tokens have the label '" + settings.label() + "'");
    }
    return found.get(0);
  }

  private void logIn(String keyId, TokenInSlot token, AuthProvider provider)
      throws CryptokiException {
    if ((token.flags() & (PIN_LOCKED | PIN_FINAL_TRY)) != 0) {
      throw wrongPin(keyId, "was not tried: it is locked, or one more wrong one would lock it");
    }
    try (Passphrase secret = pin.get()) {
      char[] characters = secret.toCharArray();
      try {
        provider.login(new Subject(), callbacks -> answer(callbacks, characters));
      } finally {
        Arrays.fill(characters, '\0');
      }
    } catch (LoginException e) {
      String name = CryptokiException.nameOf(e);
      if (e instanceof FailedLoginException || name.contains("CKR_PIN")) {
        pinRefused.set(true);
        throw wrongPin(keyId, "was refused (" + name + "); it was tried once");
      }
      throw new CryptokiException(name, e);
    }
  }

  private static void answer(Callback[] callbacks, char[] pin) {
    for (Callback callback : callbacks) {
      if (callback instanceof PasswordCallback password) {
        password.setPassword(pin);
      }
    }
  }

  private KeyUnavailableException wrongPin(String keyId, String what) {
    return new KeyUnavailableException(
        keyId, Reason.WRONG_PIN, "the PIN of the token '" + settings.label() + "' " + what);
  }

  @Override
  public String toString() {
    return "Token[" + settings.label() + ", PIN redacted]";
  }
}
