package dev.inkan.server.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.util.MailConnectException;

/**
 * How the mail server received us.
 *
 * @param reason what is wrong, without secrets; empty where nothing is
 */
public record Greeting(Kind kind, String reason) {

  /** How far it went. */
  public enum Kind {
    /** Everything is as it should be. */
    GREETED,
    /** Nobody answers there. */
    UNREACHABLE,
    /** The server does not protect the connection, or its certificate is not trusted. */
    UNPROTECTED,
    /** It knows neither this name nor this password. */
    LOGIN_REFUSED,
    /** It said something else. */
    REFUSED;

    static Kind of(MessagingException failure) {
      if (failure instanceof AuthenticationFailedException) {
        return LOGIN_REFUSED;
      }
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof SSLException) {
          return UNPROTECTED;
        }
      }
      if (failure instanceof MailConnectException) {
        return UNREACHABLE;
      }
      String message = failure.getMessage();
      return message != null && message.contains("STARTTLS") ? UNPROTECTED : REFUSED;
    }
  }
}
