package dev.inkan.server.registration.master;

import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.TokenHash;
import java.time.Instant;
import java.util.Optional;

/**
 * Registrations of master users, inside one transaction. Each change is one conditional update, so
 * that of two that race exactly one is told {@code true}.
 */
public interface MasterRegistrationStore {

  void add(MasterRegistration registration);

  /** The browser's registration if it has not expired at {@code now}. */
  Optional<MasterRegistration> find(TokenHash token, Instant now);

  /** How many codes were made for the letter by registrations opened since {@code since}. */
  int countCodesSince(LoginId loginId, Instant since);

  /**
   * {@code OPENED} or {@code CODE_SENT} to {@code CODE_SENT} with a new code, if {@code codesMade}
   * codes were made before: so that a form sent twice makes one code.
   */
  boolean sendCode(RegistrationId id, long codesMade, Submission submission);

  /**
   * What a master user said, and the code that proves it.
   *
   * @param expiresAt when the registration now expires
   */
  record Submission(
      MasterProfile profile,
      MasterRegistration.ChosenPassword password,
      CodeState code,
      Instant expiresAt) {}

  /**
   * Takes one try at the code before it is compared: in state {@code CODE_SENT}, before its end and
   * below {@code maximumTries}.
   *
   * @return the code state with this try counted, or nothing
   */
  Optional<CodeState> reserveCodeTry(RegistrationId id, Instant now, int maximumTries);

  /** Notes a resend at {@code now} if the last mail is older than {@code notAfter}. */
  boolean resend(RegistrationId id, Instant now, Instant notAfter);

  /** {@code CODE_SENT} back to {@code OPENED}; erases the password and keeps the profile. */
  boolean reopen(RegistrationId id);

  /**
   * {@code OPENED}, {@code CODE_SENT} or {@code CODE_VOID} to one of the other states; erases the
   * password.
   */
  boolean end(RegistrationId id, RegistrationState state);

  /**
   * Erases the passwords of registrations that expired, and removes those that expired before
   * {@code removeBefore}.
   *
   * @return how many were erased or removed
   */
  int eraseExpired(Instant now, Instant removeBefore);
}
