package dev.inkan.server.tls;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.key.Passphrase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS server's key and certificate chain, read from a PKCS#12 file. The private key never
 * leaves the key store: only JSSE sees it. Another can take its place while listeners show it.
 * Thread-safe.
 */
public final class ServerKey {

  private static final int MIN_RSA_BITS = 2048;
  private static final int MIN_EC_BITS = 256;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private final ReplaceableKeys keys;
  private final AtomicReference<X509Certificate> certificate;

  private ServerKey(X509ExtendedKeyManager keys, X509Certificate certificate) {
    this.keys = new ReplaceableKeys(keys);
    this.certificate = new AtomicReference<>(certificate);
  }

  /**
   * Reads {@code file}, whose one private key opens with the same {@code passphrase} as the file.
   *
   * @throws ServerKeyException if it is missing, readable by everybody, no PKCS#12, under another
   *     passphrase, without exactly one key, of a weak key, or its key and certificate differ
   */
  public static ServerKey load(Path file, Passphrase passphrase) {
    char[] secret = passphrase.toCharArray();
    try {
      refuseIfOpenToOthers(file);
      KeyStore store = read(file, secret);
      X509Certificate certificate = certificateOf(file, store);
      refuseIfWeak(file, certificate.getPublicKey());
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, secret);
      ServerKey key = new ServerKey(extended(factory), certificate);
      HandshakeRehearsal.of(file, key);
      return key;
    } catch (GeneralSecurityException e) {
      throw fault(file, "its key cannot be used", "Export it again under one passphrase", e);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  /** The certificate the server shows. */
  public X509Certificate certificate() {
    return requireNonNull(certificate.get());
  }

  /** Whoever connects from now on is shown {@code newer}. */
  public void replaceBy(ServerKey newer) {
    keys.replaceBy(newer.keys);
    certificate.set(newer.certificate());
  }

  KeyManager[] keyManagers() {
    return new KeyManager[] {keys};
  }

  private static X509ExtendedKeyManager extended(KeyManagerFactory factory) {
    for (KeyManager made : factory.getKeyManagers()) {
      if (made instanceof X509ExtendedKeyManager keys) {
        return keys;
      }
    }
    throw new IllegalStateException("every JDK makes key managers for X.509");
  }

  static ServerKeyException fault(
      Path file, String fault, String remedy, @Nullable Throwable cause) {
    return new ServerKeyException(file, fault, remedy, cause);
  }

  private static void refuseIfOpenToOthers(Path file) {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return; // Not a POSIX file system: its access lists are the administrator's.
    }
    try {
      if (!Collections.disjoint(view.readAttributes().permissions(), OTHERS)) {
        throw fault(file, "everybody on this machine can read it", "Run: chmod 600 " + file, null);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static KeyStore read(Path file, char[] secret) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, secret);
      return store;
    } catch (IOException e) {
      if (e.getCause() instanceof GeneralSecurityException) {
        throw fault(file, "the passphrase does not open it", "Check the configured passphrase", e);
      }
      throw unreadable(file, e);
    } catch (RuntimeException e) {
      throw fault(file, "it is no PKCS#12 file", "Put a PKCS#12 file (.p12) there", e);
    }
  }

  private static ServerKeyException unreadable(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return fault(file, "there is no such file", "Put the server's PKCS#12 file there", e);
    }
    return fault(
        file, "it cannot be read or is no whole PKCS#12 file", "Check its owner and content", e);
  }

  private static X509Certificate certificateOf(Path file, KeyStore store)
      throws GeneralSecurityException {
    List<String> keys =
        Collections.list(store.aliases()).stream().filter(a -> isKey(store, a)).toList();
    if (keys.size() != 1) {
      throw fault(
          file,
          "it holds " + keys.size() + " private keys",
          "Export exactly one key with its certificate chain",
          null);
    }
    if (store.getCertificate(keys.get(0)) instanceof X509Certificate certificate) {
      return certificate;
    }
    throw fault(file, "its key has no certificate", "Export the key with its chain", null);
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a loaded key store answers", e);
    }
  }

  private static void refuseIfWeak(Path file, PublicKey key) {
    boolean strong =
        (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS)
            || (key instanceof ECPublicKey ec
                && ec.getParams().getOrder().bitLength() >= MIN_EC_BITS);
    if (!strong) {
      throw fault(
          file,
          "its " + key.getAlgorithm() + " key is too weak or of a kind browsers do not take",
          "Use RSA of 2048 bits or more, or P-256 or P-384",
          null);
    }
  }
}
