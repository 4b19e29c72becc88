package dev.inkan.server.http.web.view;

/**
 * The client certificate that the browser showed (row B1), as far as the visitor is told about it.
 *
 * @param state what it is worth
 * @param userId whose it is; empty unless this CA issued it
 * @param date the last day it is or was valid, such as 2027年11月22日; empty where unknown
 */
public record PresentedCertificate(State state, String userId, String date) {

  /** What a presented certificate is worth. */
  public enum State {
    NONE,
    VALID,
    EXPIRED,
    REVOKED,
    FOREIGN
  }

  /** The browser showed none. */
  public static PresentedCertificate none() {
    return new PresentedCertificate(State.NONE, "", "");
  }

  /** Good until the end of {@code lastDay}. */
  public static PresentedCertificate valid(String userId, String lastDay) {
    return new PresentedCertificate(State.VALID, userId, lastDay);
  }

  /** No longer good since the end of {@code lastDay}. */
  public static PresentedCertificate expired(String userId, String lastDay) {
    return new PresentedCertificate(State.EXPIRED, userId, lastDay);
  }

  /** Stopped by the bank. */
  public static PresentedCertificate revoked(String userId) {
    return new PresentedCertificate(State.REVOKED, userId, "");
  }

  /** Somebody else's CA issued it. */
  public static PresentedCertificate foreign() {
    return new PresentedCertificate(State.FOREIGN, "", "");
  }
}
