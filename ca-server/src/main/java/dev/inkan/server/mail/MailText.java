package dev.inkan.server.mail;

/**
 * A mail as its reader sees it. It may hold a code, so it never prints.
 *
 * @param subject one line
 * @param body lines that end in {@code \n}
 */
public record MailText(String subject, String body) {

  public MailText {
    if (subject.isEmpty() || subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a subject is one line without control characters");
    }
  }

  @Override
  public String toString() {
    return "MailText[redacted]";
  }
}
