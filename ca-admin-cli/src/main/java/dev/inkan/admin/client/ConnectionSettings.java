package dev.inkan.admin.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the server is, and how to prove who calls.
 *
 * @param credential the operator's PKCS#12
 * @param trust roots in PEM; without it the credential's own root counts
 * @param passwordFile the configured one, which counts where no other is given
 * @param timeout of one request
 */
public record ConnectionSettings(
    URI server,
    Path credential,
    Optional<Path> trust,
    Optional<Path> passwordFile,
    Duration timeout) {

  /** Where the server listens unless configured. */
  public static final String USUAL_SERVER = "https://127.0.0.1:9443";

  /** What the command line says; the file fills in. */
  public record Given(
      Optional<String> server, Optional<Path> credential, Optional<Path> trust, Duration timeout) {}

  /**
   * The settings of a call.
   *
   * @throws SettingsException if there is no credential, or the address is none
   */
  public static ConnectionSettings of(Given given, SettingsFile file) {
    Path credential =
        given
            .credential()
            .or(file::credential)
            .orElseThrow(
                () ->
                    new SettingsException(
                        "no credential: who calls?",
                        "give --credential FILE.p12, or a line «credential = FILE.p12» in"
                            + " ~/.config/inkan/admin.conf"));
    return new ConnectionSettings(
        address(given.server().or(file::server).orElse(USUAL_SERVER)),
        credential,
        given.trust().or(file::trust),
        file.passwordFile(),
        given.timeout());
  }

  private static URI address(String text) {
    String whole = text.contains("://") ? text : "https://" + text;
    try {
      URI uri = new URI(whole);
      if ("https".equals(uri.getScheme().toLowerCase(Locale.ROOT)) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw notAnAddress(text, e);
    }
    throw notAnAddress(text, null);
  }

  private static SettingsException notAnAddress(
      String text, @org.jspecify.annotations.Nullable Throwable cause) {
    String advice = "give --server https://HOST:9443";
    String message = "«" + text + "» is no address of an admin API";
    return cause == null
        ? new SettingsException(message, advice)
        : new SettingsException(message, advice, cause);
  }
}
