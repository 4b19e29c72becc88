package dev.inkan.server.config;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.config.Allowed.ExistingFile;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.tls.ProxyAddresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns a key's text into its value, and tells why not. Relative paths start at {@code folder}.
 * Safe for several threads.
 *
 * @param folder where the configuration file lies
 * @param expected which files must be there
 * @param credentials the folder in which systemd hands this process its credentials
 */
record ValueReader(Path folder, Expected expected, Optional<Path> credentials) {

  /** Which of the files that the configuration names must be there. */
  enum Expected {
    ALL,
    /** All but those that the first start makes. */
    ALL_BUT_INITS,
    /** Those that a server needs that tells status and does nothing else. */
    THOSE_OF_STATUS,
    NONE;

    boolean includes(ExistingFile file) {
      return switch (this) {
        case ALL -> true;
        case ALL_BUT_INITS -> !file.madeByInit();
        case THOSE_OF_STATUS -> file.forStatusAlone();
        case NONE -> false;
      };
    }
  }

  /** The same for a server that does {@code roles}. */
  ValueReader forRoles(Roles roles) {
    return expected == Expected.ALL && roles.isStatusAlone()
        ? new ValueReader(folder, Expected.THOSE_OF_STATUS, credentials)
        : this;
  }

  private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final String DURATION = "a duration such as 60m, 90s, 24h or PT60M";

  /** A value that is not allowed: what is wrong with it, and what would be right. */
  static final class Refusal extends Exception {
    private final String wrong;
    private final String allowed;

    Refusal(String wrong, String allowed) {
      super(wrong);
      this.wrong = wrong;
      this.allowed = allowed;
    }

    String wrong() {
      return wrong;
    }

    String allowed() {
      return allowed;
    }
  }

  /** The value of {@code key} that {@code text} says, within what the key allows. */
  Object read(ConfigKey key, String text) throws Refusal {
    Object value = convert(key.type(), text);
    Bounds.check(key, text, value, expected);
    return value;
  }

  /** The value of {@code type} that {@code text} says. */
  Object convert(Class<?> type, String text) throws Refusal {
    if (type == String.class) {
      return text;
    } else if (type == int.class) {
      return number(text);
    } else if (type == boolean.class) {
      return yesOrNo(text);
    } else if (type == Duration.class) {
      return duration(text);
    } else if (type == Path.class) {
      return path(text);
    } else if (type == SecretFile.class) {
      return secretFile(text);
    } else if (type == PassphraseSource.class) {
      return passphraseSource(text);
    } else if (type == KeyPlace.class) {
      return keyPlace(text);
    } else if (type == URI.class) {
      return uri(text);
    } else if (type == ZoneId.class) {
      return zone(text);
    } else if (type == NodeName.class) {
      return node(text);
    } else if (type == Roles.class) {
      return roles(text);
    } else if (type == MailAddress.class) {
      return MailAddress.parse(text)
          .orElseThrow(() -> new Refusal(quoted(text) + " is no mail address", "name@host.domain"));
    } else if (type == DaysBefore.class) {
      return DaysBefore.parse(text)
          .orElseThrow(() -> new Refusal(quoted(text) + " is no list of days", DaysBefore.FORM));
    } else if (type == ProxyAddresses.class) {
      return ProxyAddresses.parse(text)
          .orElseThrow(
              () -> new Refusal(quoted(text) + " lists no addresses", ProxyAddresses.FORM));
    } else if (type.isEnum()) {
      return choice(type, text);
    }
    throw new IllegalStateException("no reader for " + type);
  }

  private static Integer number(String text) throws Refusal {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new Refusal(quoted(text) + " is not a whole number", "a whole number");
    }
  }

  private static Boolean yesOrNo(String text) throws Refusal {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Refusal(quoted(text) + " is neither", "true or false");
    };
  }

  private static Duration duration(String text) throws Refusal {
    Matcher matcher = SHORT.matcher(text);
    try {
      if (!matcher.matches()) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    } catch (DateTimeException e) {
      throw new Refusal(quoted(text) + " is not a duration", DURATION);
    }
  }

  private Path path(String text) throws Refusal {
    try {
      if (!text.isBlank()) {
        return folder.resolve(text).normalize();
      }
    } catch (InvalidPathException e) {
      throw new Refusal(quoted(text) + " is not a path", "a file's path");
    }
    throw new Refusal("is blank", "a file's path");
  }

  private PassphraseSource passphraseSource(String text) throws Refusal {
    return switch (text) {
      case PassphraseSource.PROMPT -> new PassphraseSource.Prompt();
      case PassphraseSource.SHARES -> new PassphraseSource.Shares();
      default -> PassphraseSource.of(secretFile(text));
    };
  }

  private SecretFile secretFile(String text) throws Refusal {
    if (!text.startsWith(SecretFile.CREDENTIAL)) {
      return new SecretFile(path(text));
    }
    String name = text.substring(SecretFile.CREDENTIAL.length());
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")) {
      throw new Refusal(quoted(text) + " names no credential", "credential:NAME");
    }
    if (credentials.isEmpty()) {
      throw new Refusal(
          quoted(text) + " needs systemd, which hands this process no credentials",
          "a file's path, or LoadCredential=" + name + ":PATH in the unit");
    }
    return SecretFile.credential(credentials.get().resolve(name));
  }

  private KeyPlace keyPlace(String text) throws Refusal {
    if (!KeyPlace.isInToken(text)) {
      return new KeyPlace.InFile(path(text));
    }
    return KeyPlace.parse(text)
        .orElseThrow(
            () -> new Refusal(quoted(text) + " names no object of a token", KeyPlace.FORM));
  }

  private static URI uri(String text) throws Refusal {
    try {
      URI uri = new URI(text);
      if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
        throw new Refusal(quoted(text) + " is not just scheme, host and path", "SCHEME://HOST");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new Refusal(quoted(text) + " is not a URL", "SCHEME://HOST");
    }
  }

  private static ZoneId zone(String text) throws Refusal {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new Refusal(quoted(text) + " is not a time zone", "a name such as Asia/Tokyo");
    }
  }

  private static NodeName node(String text) throws Refusal {
    try {
      return new NodeName(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(quoted(text) + " is no node name", "1-40 of a-z 0-9 -, not - first");
    }
  }

  private static Roles roles(String text) throws Refusal {
    try {
      return Roles.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(String.valueOf(e.getMessage()), Roles.FORM);
    }
  }

  private static Object choice(Class<?> type, String text) throws Refusal {
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants) {
      if (word(constant).equals(text)) {
        return constant;
      }
    }
    String words =
        Arrays.stream(constants).map(ValueReader::word).collect(Collectors.joining(", "));
    throw new Refusal(quoted(text) + " is not among the choices", words);
  }

  private static String word(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String quoted(String text) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
    return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
