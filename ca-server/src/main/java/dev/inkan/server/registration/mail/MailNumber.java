package dev.inkan.server.registration.mail;

/** The number of a mail, which the mail shows and staff can look up. */
public record MailNumber(long value) {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
