package dev.inkan.server.demo;

import java.time.Instant;

/**
 * A mail that reached the captured mailbox. It may hold a code, so it never prints.
 *
 * @param position 1 for the first since the start
 * @param number the number that the mail itself bears, or nothing
 * @param messageId the Message-ID
 */
public record CapturedMail(
    long position,
    String number,
    String messageId,
    String to,
    String subject,
    Instant receivedAt,
    String text) {

  @Override
  public String toString() {
    return "CapturedMail[" + position + "]";
  }
}
