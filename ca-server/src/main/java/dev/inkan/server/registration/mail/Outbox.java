package dev.inkan.server.registration.mail;

/** Mails to be sent, written in the transaction of what they tell. */
public interface Outbox {

  /** Takes a mail for sending once the transaction commits. */
  void add(OutgoingMail mail);
}
