package dev.inkan.server.operation;

/** What gets the reader of a mail that did not arrive what it was to tell. */
public final class MailAdvice {

  private MailAdvice() {}

  /** The advice for a mail of {@code kind}. */
  public static String of(String kind) {
    return switch (kind) {
      case "code" -> "The user asks for the code again on the code's screen, or begins again at ④.";
      case "register-code" -> "The master user begins the registration again with the letter.";
      case "address-code" -> "The master user begins the change of address again.";
      default ->
          "Is the address right? A master user changes that of a general user; for a master user"
              + " use master initialise. Then tell the user by telephone.";
    };
  }
}
