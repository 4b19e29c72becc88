package dev.inkan.server.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a key of the authority's own lives. No interface, since those are sections to the mapping.
 */
public abstract sealed class KeyPlace {

  /** How the name of a token's object begins (RFC 7512). */
  static final String SCHEME = "pkcs11:";

  /** What a value may be, in words. */
  static final String FORM =
      "a file's path, or pkcs11:object=LABEL with at most token=LABEL beside it";

  /** A PKCS#12 file. */
  public static final class InFile extends KeyPlace {

    private final Path path;

    public InFile(Path path) {
      this.path = path;
    }

    public Path path() {
      return path;
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** An object of the token that the section {@code token} describes. */
  public static final class InToken extends KeyPlace {

    private final String object;
    private final Optional<String> token;

    /**
     * @param object its CKA_LABEL, and its certificate's
     * @param token the token's label, if it is said; it must be the section's
     */
    InToken(String object, Optional<String> token) {
      this.object = object;
      this.token = token;
    }

    public String object() {
      return object;
    }

    Optional<String> token() {
      return token;
    }

    @Override
    public String toString() {
      return SCHEME + token.map(it -> "token=" + it + ";").orElse("") + "object=" + object;
    }
  }

  /** The file's path, if it is one. */
  public Optional<Path> file() {
    return this instanceof InFile in ? Optional.of(in.path) : Optional.empty();
  }

  /**
   * The place of a key that follows the one here.
   *
   * @param file its name, beside this one's, if keys live in files
   * @param number counted from the first's, after this one's label, if they live in a token
   */
  public KeyPlace next(String file, int number) {
    if (this instanceof InFile in) {
      return new InFile(in.path.resolveSibling(file));
    }
    InToken in = (InToken) this;
    return new InToken(in.object + "-" + number, in.token);
  }

  /** Whether {@code text} is meant to be an object of a token. */
  static boolean isInToken(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * The object that an RFC 7512 URI names. Attributes that would choose among several tokens,
   * libraries or PINs are refused: those are configured in one place.
   */
  static Optional<InToken> parse(String uri) {
    Map<String, String> attributes = new HashMap<>();
    for (String part : uri.substring(SCHEME.length()).split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals <= 0
          || attributes.put(part.substring(0, equals), decoded(part.substring(equals + 1)))
              != null) {
        return Optional.empty();
      }
    }
    Optional<String> object = Optional.ofNullable(attributes.remove("object"));
    Optional<String> token = Optional.ofNullable(attributes.remove("token"));
    String type = attributes.getOrDefault("type", "private");
    attributes.remove("type");
    return object
        .filter(it -> isLabel(it) && attributes.isEmpty() && type.equals("private"))
        .map(it -> new InToken(it, token));
  }

  /** Printable ASCII, so that everybody's tools show it alike. */
  private static boolean isLabel(String text) {
    return text.matches("[A-Za-z0-9_.:+-]{1,64}");
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // which is no label
    }
  }
}
