package dev.inkan.core.certificate;

/**
 * The embedding application's own identifier of a subscriber: never a name or a mail address, and
 * never reused. At most 64 characters.
 */
public record SubscriberId(String value) {

  private static final int MAX_LENGTH = 64;

  public SubscriberId {
    if (value.isBlank() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("subscriber id must have 1-" + MAX_LENGTH + " characters");
    }
    if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("subscriber id must be visible ASCII");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
