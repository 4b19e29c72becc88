package dev.inkan.e2e;

/** A general user as the import file names them. */
record User(String userId, String password) {

  static final String PASSWORD = "Inkan#2026";

  static User of(String userId) {
    return new User(userId, PASSWORD);
  }

  String mail() {
    return userId + "@union.example";
  }

  /** The line of the import file, quoted as RFC 4180 says. */
  String line() {
    return "001,みほん教職員組合,"
        + userId
        + ",general,見本 "
        + userId
        + ","
        + mail()
        + ",\""
        + password.replace("\"", "\"\"")
        + "\"";
  }
}
