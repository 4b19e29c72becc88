package dev.inkan.core.issue;

import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * A name that a TLS server answers to.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6">RFC 5280, section
 *     4.2.1.6</a>
 */
public record SubjectAlternativeName(Kind kind, String value) {

  private static final Pattern LABELS =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
  private static final Pattern IP_ADDRESS =
      Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final int MAXIMUM_LENGTH = 253;

  /** Which sort of name. */
  public enum Kind {
    DNS,
    IP
  }

  public SubjectAlternativeName {
    boolean wellFormed =
        kind == Kind.DNS
            ? value.length() <= MAXIMUM_LENGTH && LABELS.matcher(value).matches()
            : IP_ADDRESS.matcher(value).matches();
    if (!wellFormed) {
      throw new IllegalArgumentException("not a " + kind + " name: " + value);
    }
  }

  /** A host name in its ASCII form; case is folded. */
  public static SubjectAlternativeName dns(String name) {
    return new SubjectAlternativeName(Kind.DNS, name.toLowerCase(Locale.ROOT));
  }

  /** An IPv4 or IPv6 address in text form. */
  public static SubjectAlternativeName ip(String address) {
    return new SubjectAlternativeName(Kind.IP, address);
  }

  /** An address if {@code text} looks like one, else a host name. */
  public static SubjectAlternativeName parse(String text) {
    return IP_ADDRESS.matcher(text).matches() ? ip(text) : dns(text);
  }

  GeneralName toGeneralName() {
    return new GeneralName(kind == Kind.DNS ? GeneralName.dNSName : GeneralName.iPAddress, value);
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + ":" + value;
  }
}
