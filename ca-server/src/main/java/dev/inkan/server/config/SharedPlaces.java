package dev.inkan.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Ports and files that two keys name, and of which each needs one of its own. */
final class SharedPlaces {

  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");

  private final InkanConfig config;
  private final Contradictions.Report report;

  SharedPlaces(InkanConfig config, Contradictions.Report report) {
    this.config = config;
    this.report = report;
  }

  private record Listener(String section, String host, int port) {

    boolean collidesWith(Listener other) {
      return port != 0 && port == other.port && overlaps(other);
    }

    private boolean overlaps(Listener other) {
      return host.equals(other.host)
          || EVERYWHERE.contains(host)
          || EVERYWHERE.contains(other.host)
          || (HERE.contains(host) && HERE.contains(other.host));
    }
  }

  void find() {
    ports();
    files();
  }

  private void ports() {
    List<Listener> listeners =
        List.of(
            new Listener("web", config.web().host(), config.web().port()),
            new Listener("status", config.status().host(), config.status().port()),
            new Listener("admin", config.admin().host(), config.admin().port()),
            new Listener("management", config.management().host(), config.management().port()));
    for (int i = 1; i < listeners.size(); i++) {
      Listener later = listeners.get(i);
      listeners.subList(0, i).stream()
          .filter(later::collidesWith)
          .findFirst()
          .ifPresent(
              earlier ->
                  report.add(
                      later.section + ".port",
                      later.port + " is " + earlier.section + ".port as well",
                      "a port of its own for each listener",
                      "choose another"));
    }
  }

  private void files() {
    Map<Path, String> owners = new LinkedHashMap<>();
    List<Path> kept = new ArrayList<>();
    keyFiles().forEach((key, file) -> one(key, file, owners, kept));
    one("journal.file", config.journal().file(), owners, kept);
    Map<String, Path> passphrases = passphraseFiles();
    // One passphrase may open several keys; it may not be one of them.
    passphrases.forEach((key, file) -> taken(key, file, owners));
    passphrases.values().forEach(it -> kept.add(normal(it)));
    crlFolder(kept);
  }

  private void one(String key, Path file, Map<Path, String> owners, List<Path> kept) {
    if (!taken(key, file, owners)) {
      owners.put(normal(file), key);
    }
    kept.add(normal(file));
  }

  private boolean taken(String key, Path file, Map<Path, String> owners) {
    Optional<String> owner = Optional.ofNullable(owners.get(normal(file)));
    owner.ifPresent(
        it ->
            report.add(
                key,
                file + " is the file of " + it + " as well",
                "a file of its own",
                "name another"));
    return owner.isPresent();
  }

  /** Whoever serves CRLs from their folder hands out what else lies there. */
  private void crlFolder(List<Path> kept) {
    Path folder = normal(config.crl().folder());
    if (kept.stream().anyMatch(it -> it.startsWith(folder))) {
      report.add(
          "crl.folder",
          config.crl().folder() + " holds keys, passphrases or the journal, and is published",
          "a folder of its own",
          "name another");
    }
  }

  private Map<String, Path> keyFiles() {
    Map<String, Path> files = new LinkedHashMap<>();
    InkanConfig.Authority authority = config.authority();
    put(files, "authority.issuing-key-file", authority.issuingKeyFile().file());
    put(files, "authority.root-key-file", authority.rootKeyFile().file());
    put(files, "status.responder-key-file", config.status().responderKeyFile().file());
    put(files, "audit.key-file", config.audit().keyFile().file());
    files.put("web.tls.key-file", config.web().tls().keyFile());
    files.put("secrets.server-key-file", config.secrets().serverKeyFile().path());
    files.put("authority.root-certificate-file", authority.rootCertificateFile());
    return files;
  }

  private Map<String, Path> passphraseFiles() {
    Map<String, Path> files = new LinkedHashMap<>();
    InkanConfig.Authority authority = config.authority();
    put(files, "authority.issuing-passphrase-file", path(authority.issuingPassphraseFile()));
    put(files, "authority.root-passphrase-file", path(authority.rootPassphraseFile()));
    files.put("status.responder-passphrase-file", config.status().responderPassphraseFile().path());
    files.put("audit.passphrase-file", config.audit().passphraseFile().path());
    files.put("web.tls.passphrase-file", config.web().tls().passphraseFile().path());
    put(files, "database.password-file", config.database().passwordFile().map(SecretFile::path));
    put(files, "mail.password-file", config.mail().passwordFile().map(SecretFile::path));
    put(files, "token.pin-file", config.token().pinFile().flatMap(SharedPlaces::path));
    return files;
  }

  private static Optional<Path> path(PassphraseSource source) {
    return source.file().map(SecretFile::path);
  }

  private static void put(Map<String, Path> files, String key, Optional<Path> file) {
    file.ifPresent(it -> files.put(key, it));
  }

  private static Path normal(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
