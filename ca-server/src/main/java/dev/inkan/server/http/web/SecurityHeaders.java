package dev.inkan.server.http.web;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What the browser is told with every answer (S4); only who may keep it differs for some. */
final class SecurityHeaders {

  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
              + " connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
              + " base-uri 'none'",
          "X-Frame-Options",
          "DENY",
          "X-Content-Type-Options",
          "nosniff",
          // Not no-referrer: a form's Origin would be «null» and could not be checked.
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "X-UA-Compatible",
          "IE=edge",
          "Cache-Control",
          "no-store");

  private final Map<String, String> headers = new TreeMap<>(ALWAYS);

  /**
   * @param httpsAlone how long browsers are to come by HTTPS alone (RFC 6797); 0 says nothing
   */
  SecurityHeaders(Duration httpsAlone) {
    if (!httpsAlone.isZero()) {
      headers.put("Strict-Transport-Security", "max-age=" + httpsAlone.toSeconds());
    }
  }

  void writeTo(BiConsumer<String, String> response) {
    headers.forEach(response);
  }
}
