package dev.inkan.server.mail;

/** What became of a mail that was given to the mail server. */
public sealed interface HandOver {

  /** The server took it. */
  record Accepted() implements HandOver {}

  /**
   * The server could not take it now.
   *
   * @param code the SMTP reply, or 0 if there was none
   * @param reason for staff; never the mail's text nor its whole address
   * @param connected whether the server was there at all
   */
  record Deferred(int code, String reason, boolean connected) implements HandOver {}

  /** The server will never take it. */
  record Refused(int code, String reason) implements HandOver {}
}
