package dev.inkan.server;

/** What a letter to a master user says. */
public record Letter(String organisation, String loginId, String initialPassword) {

  /** Another password of the right form. */
  public String wrongPassword() {
    return "Wrong#" + initialPassword.substring(6, 9) + "aA1";
  }
}
