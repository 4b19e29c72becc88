package dev.inkan.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * Chromium's machine-wide policy for the time of a test: trust one root, and show the visitor's
 * certificate to one server without asking. Only one may be in force at a time; closing removes it.
 */
final class BrowserPolicy implements AutoCloseable {

  private static final Path FILE = Path.of("/etc/chromium/policies/managed/inkan-e2e.json");

  private BrowserPolicy() {}

  /**
   * @throws AssertionError if the policy folder cannot be written: the browser tests need root
   */
  static BrowserPolicy install(URI server, X509Certificate root) {
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, json(server, root));
      return new BrowserPolicy();
    } catch (IOException e) {
      throw new AssertionError(
          "cannot write "
              + FILE
              + ", without which Chromium neither trusts the test's root nor shows a certificate:"
              + " run as root, or make the folder writable",
          e);
    }
  }

  private static String json(URI server, X509Certificate root) {
    String pattern = "{\\\"pattern\\\":\\\"https://%s\\\",\\\"filter\\\":{}}";
    try {
      return """
      {
        "AutoSelectCertificateForUrls": ["%s"],
        "CACertificates": ["%s"],
        "PasswordManagerEnabled": false,
        "SafeBrowsingProtectionLevel": 0,
        "DefaultSearchProviderEnabled": false
      }
      """
          .formatted(
              pattern.formatted(server.getAuthority()),
              Base64.getEncoder().encodeToString(root.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
