package dev.inkan.admin.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A serial number as people copy it: whole or its beginning, in either case, with {@code 0x} or
 * colons, or as {@code 7f3a…c21e} from a list.
 *
 * @param beginning lower-case hexadecimal
 * @param end what comes after the dots, or empty
 */
public record SerialArgument(String beginning, String end) {

  /** Serial numbers of this CA have 16 octets. */
  private static final int WHOLE = 32;

  private static final Pattern FORM =
      Pattern.compile("(?:0x)?(?:00)*([0-9a-f]{2,40})(?:(?:…|\\.{2,3})([0-9a-f]{1,40}))?");

  /**
   * Reads {@code text}.
   *
   * @throws TypeConversionException if it is no serial number
   */
  public static SerialArgument parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT).replaceAll("[:\\s]", ""));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "«" + text + "» is no serial number: it is hexadecimal, as «cert list» shows it");
    }
    String end = matcher.group(2);
    return new SerialArgument(matcher.group(1), end == null ? "" : end);
  }

  /** Whether all digits are there. */
  public boolean isWhole() {
    return end.isEmpty() && beginning.length() >= WHOLE;
  }

  boolean fits(String serialNumber) {
    return serialNumber.startsWith(beginning) && serialNumber.endsWith(end);
  }

  @Override
  public String toString() {
    return end.isEmpty() ? beginning : beginning + "…" + end;
  }

  /** For picocli. */
  static final class Converter implements ITypeConverter<SerialArgument> {
    @Override
    public SerialArgument convert(String text) {
      return parse(text);
    }
  }
}
