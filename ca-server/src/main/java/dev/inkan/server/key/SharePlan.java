package dev.inkan.server.key;

/**
 * Into how many shares a new passphrase goes, should the configuration say {@code shares:}.
 *
 * @param shares one for each keeper
 * @param threshold how many keepers open the key together
 */
public record SharePlan(int shares, int threshold) {

  /** Three keepers, of whom two start the server. */
  public static final SharePlan STANDARD = new SharePlan(3, 2);
}
