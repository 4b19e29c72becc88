package dev.inkan.admin.output;

/** Serial numbers for people. */
public final class Serials {

  private static final int SHOWN = 4;
  private static final String BETWEEN = "…";

  private Serials() {}

  /** {@code 7f3a…c21e}. */
  public static String brief(String serialNumber) {
    return serialNumber.length() <= 2 * SHOWN + 1
        ? serialNumber
        : serialNumber.substring(0, SHOWN)
            + BETWEEN
            + serialNumber.substring(serialNumber.length() - SHOWN);
  }

  /** The beginning that is enough to type. */
  public static String beginning(String serialNumber) {
    return serialNumber.substring(0, Math.min(2 * SHOWN, serialNumber.length()));
  }
}
