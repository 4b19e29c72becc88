package dev.inkan.core.policy;

/** Something a certificate's holder is told of its end, once (A4). */
public sealed interface ExpiryNotice {

  /** The name under which it is kept that this was told; at most 16 characters. Rename none. */
  String kind();

  /**
   * The certificate ends and can be renewed.
   *
   * @param daysBefore how many days before the last day this becomes due
   */
  record Expiring(int daysBefore) implements ExpiryNotice {
    @Override
    public String kind() {
      return "expiring-" + daysBefore;
    }
  }

  /** The certificate has ended. */
  record Expired() implements ExpiryNotice {
    @Override
    public String kind() {
      return "expired";
    }
  }
}
