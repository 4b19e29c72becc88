package dev.inkan.server;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.certificate.SerialNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What an earlier version of the server left behind, as src/test/resources/installations/README.md
 * tells: a certificate in every state, an application under way, mails.
 */
final class EarlierInstallation {

  /** After the end of the short-lived certificate, and after the waiting mail's next try. */
  private static final Duration LATER = Duration.ofHours(2);

  private static final String PASSWORD = "Inkan#2026";

  private final Path folder;
  private final Properties told = new Properties();

  private EarlierInstallation(Path folder) {
    this.folder = folder;
  }

  /** How a certificate of it stands, {@link #LATER} after its end. */
  enum State {
    GOOD,
    REVOKED,
    HELD,
    RELEASED,
    EXPIRED;

    boolean isRevoked() {
      return this == REVOKED || this == HELD;
    }
  }

  /** Unpacks that whose database has the schema {@code version} into {@code folder}. */
  static EarlierInstallation unpack(String version, Path folder) {
    EarlierInstallation made = new EarlierInstallation(folder);
    String name = "/installations/schema-" + version + ".zip";
    try (ZipInputStream in =
        new ZipInputStream(
            requireNonNull(EarlierInstallation.class.getResourceAsStream(name), name))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          Path file = folder.resolve(entry.getName());
          Files.createDirectories(requireNonNull(file.getParent()));
          Files.copy(in, file);
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
      }
      try (InputStream properties = Files.newInputStream(folder.resolve("life.properties"))) {
        made.told.load(properties);
      }
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When the next version takes over. */
  Instant takeover() {
    return Instant.parse(told("at")).plus(LATER);
  }

  SerialNumber serial(State state) {
    return SerialNumber.parse(told("serial." + state));
  }

  private String told(String key) {
    return requireNonNull(told.getProperty(key), key);
  }

  /** Whose certificate stands so. */
  Person holder(State state) {
    return person(state.name().toLowerCase(Locale.ROOT) + "01");
  }

  /** Whose application is under way, and who waits for its code. */
  Person waiting() {
    return person("waiting01");
  }

  private static Person person(String userId) {
    return new Person(userId, PASSWORD, userId + "@union.example");
  }

  /** The file that the holder of that certificate downloaded. */
  byte[] pfx(State state) {
    try {
      return Files.readAllBytes(folder.resolve("issued/" + holder(state).userId() + ".p12"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
