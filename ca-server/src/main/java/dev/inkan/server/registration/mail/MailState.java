package dev.inkan.server.registration.mail;

/** What became of a mail. */
public enum MailState {
  /** Waits to be handed over, for the first time or again. */
  QUEUED,
  /** The mail server took it. */
  SENT,
  /** The mail server refused it for good, or would not take it for too long. */
  REFUSED,
  /** Became pointless before it could be handed over. */
  DROPPED
}
