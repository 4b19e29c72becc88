package dev.inkan.core.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the key files of an installation cheap to open: the same keys under the same passphrases,
 * hashed a thousand times instead of the delivered 100,000, which a server would otherwise spend
 * seconds on at each start. For one thread.
 */
public final class LightKeyFiles {

  private static final String ROUNDS = "1000";
  private static final List<String> SETTINGS =
      List.of(
          "keystore.pkcs12.macIterationCount",
          "keystore.pkcs12.certPbeIterationCount",
          "keystore.pkcs12.keyPbeIterationCount");

  private LightKeyFiles() {}

  /** Writes every {@code NAME.p12} in {@code folder} anew, with {@code NAME.passphrase}. */
  public static void in(Path folder) {
    SETTINGS.forEach(setting -> System.setProperty(setting, ROUNDS));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".p12")).toList()) {
        rewrite(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } finally {
      SETTINGS.forEach(System::clearProperty);
    }
  }

  private static void rewrite(Path file) throws IOException, GeneralSecurityException {
    Path secret = Path.of(file.toString().replaceFirst("p12$", "passphrase"));
    char[] passphrase = Files.readString(secret).strip().toCharArray();
    KeyStore heavy = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      heavy.load(in, passphrase);
    }
    // A new one: a store that was read keeps its number of rounds.
    KeyStore light = KeyStore.getInstance("PKCS12");
    light.load(null, null);
    for (String alias : Collections.list(heavy.aliases())) {
      light.setKeyEntry(
          alias, heavy.getKey(alias, passphrase), passphrase, heavy.getCertificateChain(alias));
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      light.store(out, passphrase);
    }
  }
}
