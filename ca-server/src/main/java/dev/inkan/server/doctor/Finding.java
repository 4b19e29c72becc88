package dev.inkan.server.doctor;

/**
 * One thing that was looked at.
 *
 * @param part what it belongs to, such as {@code keys}
 * @param what was found
 * @param why it matters; empty where all is well
 * @param mend what puts it right; empty where all is well
 */
public record Finding(Grade grade, String part, String what, String why, String mend) {

  /** How bad it is. */
  public enum Grade {
    /** As it should be. */
    OK,
    /** It works, and somebody should look at it. */
    WARNING,
    /** Something does not work, or will not after the next start. */
    FAULT
  }

  static Finding ok(String part, String what) {
    return new Finding(Grade.OK, part, what, "", "");
  }

  static Finding warning(String part, String what, String why, String mend) {
    return new Finding(Grade.WARNING, part, what, why, mend);
  }

  static Finding fault(String part, String what, String why, String mend) {
    return new Finding(Grade.FAULT, part, what, why, mend);
  }
}
