package dev.inkan.server.registration.application;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.access.ApplicationId;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.SealedSecret;
import java.time.Instant;
import java.util.Optional;

/**
 * Certificate applications, inside one transaction. Each change is one conditional update, so that
 * of two that race exactly one is told {@code true}.
 */
public interface ApplicationStore {

  void add(Application application);

  Optional<Application> find(ApplicationId id);

  /** How many codes of the user were made since {@code since}. */
  int countSince(SubscriberId user, Instant since);

  /**
   * Takes one try at the code before it is compared: in state {@code CODE_SENT}, before its end and
   * below {@code maximumTries}.
   *
   * @return the code state with this try counted, or nothing
   */
  Optional<CodeState> reserveCodeTry(ApplicationId id, Instant now, int maximumTries);

  /** {@code CODE_SENT} to {@code PASSWORD_DUE}; erases the sealed password. */
  boolean passwordDue(ApplicationId id);

  /**
   * {@code CODE_SENT} or {@code PASSWORD_DUE} to {@code CONFIRMED}, with the user's own password
   * sealed for the new session.
   */
  boolean confirm(ApplicationId id, SealedSecret sealedPassword);

  /** {@code CODE_SENT} to {@code CODE_VOID}; erases the sealed password. */
  boolean voidCode(ApplicationId id);

  /** Notes a resend at {@code now} if the last mail is older than {@code notAfter}. */
  boolean resend(ApplicationId id, Instant now, Instant notAfter);

  /** {@code CONFIRMED} to {@code ISSUING}; erases the sealed password. */
  boolean begin(ApplicationId id, NodeName node);

  /** {@code ISSUING} to {@code ISSUED}. */
  boolean complete(ApplicationId id, IssuedFile file);

  /** {@code ISSUING} to {@code FAILED}. */
  boolean fail(ApplicationId id);

  /** Any state before {@code ISSUING} to {@code CANCELLED}; erases the sealed password. */
  boolean cancel(ApplicationId id);

  /**
   * Every application of the user that has not ended becomes {@code CANCELLED}, one that is being
   * issued too: its certificate is then abandoned instead of issued. Erases sealed passwords.
   *
   * @return how many
   */
  int cancelOf(SubscriberId user);

  /** Notes the first complete download. */
  boolean delivered(ApplicationId id, Instant at);

  /** {@code ISSUING} applications that {@code node} left behind become {@code FAILED}. */
  int failUnfinished(NodeName node);

  /** Erases sealed passwords and files whose time is over at {@code now}; returns how many. */
  int eraseExpired(Instant now, Instant passwordsBefore);

  /** The application that ended in this certificate. */
  Optional<Application> find(SerialNumber serialNumber);
}
