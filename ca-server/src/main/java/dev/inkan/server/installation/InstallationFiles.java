package dev.inkan.server.installation;

import dev.inkan.server.backup.Installation;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.KeyPlace;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.key.KeyFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of an installation, as its configuration names them. */
public final class InstallationFiles {

  private InstallationFiles() {}

  public static Installation of(Path configuration, InkanConfig config) {
    return new Installation(
        configuration.toAbsolutePath(),
        named(config),
        keys(config),
        config.journal().file(),
        config.crl().folder());
  }

  static Path keys(InkanConfig config) {
    return KeyFolder.of(config);
  }

  private static Map<String, Path> named(InkanConfig config) {
    Map<String, Path> named = new LinkedHashMap<>();
    InkanConfig.Authority authority = config.authority();
    put(named, "authority.issuing-key-file", authority.issuingKeyFile());
    authority
        .issuingPassphraseFile()
        .file()
        .filter(it -> authority.issuingKeyFile().file().isPresent())
        .ifPresent(it -> put(named, "authority.issuing-passphrase-file", it));
    named.put("authority.root-certificate-file", authority.rootCertificateFile());
    named.put("web.tls.key-file", config.web().tls().keyFile());
    named.put("web.tls.passphrase-file", config.web().tls().passphraseFile().path());
    if (put(named, "status.responder-key-file", config.status().responderKeyFile())) {
      put(named, "status.responder-passphrase-file", config.status().responderPassphraseFile());
    }
    if (put(named, "audit.key-file", config.audit().keyFile())) {
      put(named, "audit.passphrase-file", config.audit().passphraseFile());
    }
    named.put("secrets.server-key-file", config.secrets().serverKeyFile().path());
    config.database().passwordFile().ifPresent(it -> put(named, "database.password-file", it));
    config.mail().passwordFile().ifPresent(it -> put(named, "mail.password-file", it));
    config.backup().passphraseFile().ifPresent(it -> put(named, "backup.passphrase-file", it));
    config.mail().trustFile().ifPresent(it -> named.put("mail.trust-file", it));
    return named;
  }

  /** Says whether the key lives in a file: a token has a backup of its own. */
  private static boolean put(Map<String, Path> named, String key, KeyPlace place) {
    place.file().ifPresent(file -> named.put(key, file));
    return place.file().isPresent();
  }

  private static void put(Map<String, Path> named, String key, SecretFile file) {
    named.put(key, file.path());
  }
}
