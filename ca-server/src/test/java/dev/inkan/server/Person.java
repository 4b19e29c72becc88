package dev.inkan.server;

/** A user that a test imported. */
public record Person(String userId, String password, String mail) {

  /** The same user with another password. */
  public Person with(String other) {
    return new Person(userId, other, mail);
  }

  /** Another password of the right form. */
  public String wrongPassword() {
    return "Wrong#" + password.substring(password.length() - 4) + "a";
  }
}
