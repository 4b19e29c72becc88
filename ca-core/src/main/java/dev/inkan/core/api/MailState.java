package dev.inkan.core.api;

/** What became of a mail. */
public enum MailState {
  QUEUED,
  SENT,
  REFUSED,
  DROPPED
}
