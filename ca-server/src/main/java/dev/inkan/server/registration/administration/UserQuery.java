package dev.inkan.server.registration.administration;

import dev.inkan.server.registration.user.AccountState;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Which of an organisation's general users somebody wants to see, and in which order. Whatever is
 * asked for becomes something that can be answered.
 *
 * @param text what user ID, name or mail address must hold; empty for all
 * @param page counted from 1; beyond the last one means the last one
 */
public record UserQuery(String text, Sort sort, boolean descending, int page) {

  /** How many users a page shows. */
  public static final int PAGE_SIZE = 50;

  /** All, by user ID. */
  public static final UserQuery ALL = new UserQuery("", Sort.USER_ID, false, 1);

  private static final int MAXIMUM_TEXT = 100;
  private static final int MAXIMUM_PAGE = 1_000_000;

  /** What the list is sorted by. */
  public enum Sort {
    USER_ID,
    NAME,
    /** The weightiest first, as {@link AccountState} has it. */
    STATE,
    /** When the newest certificate ends; users without one last. */
    CERTIFICATE_END
  }

  public UserQuery {
    text = tidy(text);
    page = Math.max(1, Math.min(page, MAXIMUM_PAGE));
  }

  // Control characters and halves of characters are in no user's name, and no database takes them.
  private static String tidy(String text) {
    String plain = text.replaceAll("[\\p{Cc}\\p{Cs}]", " ").strip();
    return plain.codePointCount(0, plain.length()) > MAXIMUM_TEXT
        ? plain.substring(0, plain.offsetByCodePoints(0, MAXIMUM_TEXT)).strip()
        : plain;
  }

  /**
   * The same as a LIKE pattern over lower case, escaped by {@code !}: spaces of any width match
   * anything, so that 山田花子 is found by 山田 花子 as it is by either name.
   */
  public String pattern() {
    String escaped = text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1");
    return "%" + escaped.replaceAll("[\\s\u3000]+", "%") + "%";
  }

  /** The pattern for what is written in half-width letters alone: user IDs and mail addresses. */
  public String halfWidthPattern() {
    return new UserQuery(Normalizer.normalize(text, Normalizer.Form.NFKC), sort, descending, page)
        .pattern();
  }
}
