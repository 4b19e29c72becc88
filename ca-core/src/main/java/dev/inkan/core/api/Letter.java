package dev.inkan.core.api;

import java.time.Instant;
import java.util.List;

/**
 * ご利用開始のお知らせ: holds the initial password, this one time.
 *
 * @param text to print as it is
 * @param pdf one A4 page in base64
 * @param missing characters that the PDF shows as 〓
 */
public record Letter(
    String organisation,
    String organisationName,
    String title,
    String loginId,
    String initialPassword,
    Instant until,
    String text,
    String pdf,
    List<String> missing) {
  public Letter {
    missing = List.copyOf(missing);
  }

  @Override
  public String toString() {
    return "Letter[" + organisation + ", redacted]";
  }
}
