package dev.inkan.admin.client;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** An operator's PKCS#12, opened. */
final class CredentialFile {

  private final KeyManager[] keys;
  private final List<X509Certificate> chain;

  private CredentialFile(KeyManager[] keys, List<X509Certificate> chain) {
    this.keys = keys;
    this.chain = List.copyOf(chain);
  }

  /**
   * Opens {@code file}.
   *
   * @throws SettingsException if it cannot be read, the password is wrong, or there is no key in it
   */
  static CredentialFile open(Path file, Password password) {
    if (!Files.isReadable(file)) {
      throw new SettingsException(
          "the credential " + file + " cannot be read", "check --credential and the file's owner");
    }
    try (InputStream in = new FileInputStream(file.toFile())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.characters());
      // «SunX509» takes the keys out at once, so that the password can be wiped.
      KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
      factory.init(store, password.characters());
      return new CredentialFile(factory.getKeyManagers(), chain(file, store));
    } catch (IOException e) {
      throw e.getCause() instanceof UnrecoverableKeyException
          ? new SettingsException(
              "the password does not open " + file,
              "type it again; if it is lost, an administrator makes a new credential: inkan-admin"
                  + " operator renew",
              e)
          : new SettingsException(
              file + " is no PKCS#12 file", "give the .p12 that an administrator made for you", e);
    } catch (GeneralSecurityException e) {
      throw new SettingsException(
          file + " cannot be used", "give the .p12 that an administrator made for you", e);
    }
  }

  private static List<X509Certificate> chain(Path file, KeyStore store) throws KeyStoreException {
    List<X509Certificate> chain = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        for (Certificate certificate : store.getCertificateChain(alias)) {
          chain.add((X509Certificate) certificate);
        }
      }
    }
    if (chain.isEmpty()) {
      throw new SettingsException(
          file + " holds no key", "give the .p12 that an administrator made for you");
    }
    return chain;
  }

  KeyManager[] keys() {
    return keys.clone();
  }

  /** The roots that came with the key: the password vouches for them. */
  List<X509Certificate> roots() {
    return chain.stream()
        .filter(
            certificate ->
                certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
        .toList();
  }
}
