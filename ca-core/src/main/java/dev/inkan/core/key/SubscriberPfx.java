package dev.inkan.core.key;

import dev.inkan.core.certificate.Der;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Packs a subscriber's key and chain into the PKCS#12 that Windows, NSS, OpenSSL, GnuTLS and Java
 * all open. Safe for use by several threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7292">RFC 7292</a>
 */
public final class SubscriberPfx {

  /** Without this name Windows files the key under a provider that cannot sign with SHA-256. */
  private static final String PROVIDER_NAME = "Microsoft Software Key Storage Provider";

  private final PfxSettings settings;
  private final PfxWriter writer;

  public SubscriberPfx(PfxSettings settings, SecureRandom random) {
    this.settings = settings;
    this.writer = new PfxWriter(settings, random);
  }

  /**
   * Uses {@code key} up. The caller wipes the passphrase.
   *
   * @param issuers the issuing CA's certificate first, then its issuers up to and with the root
   * @param friendlyName what the certificate is called in the user's list
   */
  public Der pack(
      SubscriberKey key,
      Der certificate,
      List<Der> issuers,
      String friendlyName,
      Passphrase passphrase) {
    List<Der> chain = new ArrayList<>();
    chain.add(certificate);
    chain.addAll(settings.includeRoot() ? issuers : withoutRoot(issuers));
    return writer.write(key.redeem(), chain, friendlyName, Optional.of(PROVIDER_NAME), passphrase);
  }

  /** The issuing CA travels along always, even if it is its own root. */
  private static List<Der> withoutRoot(List<Der> issuers) {
    return issuers.subList(0, Math.min(issuers.size(), Math.max(1, issuers.size() - 1)));
  }
}
