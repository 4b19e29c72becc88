package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.key.Passphrase;
import dev.inkan.server.backup.Rewritten;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.Engine;
import dev.inkan.server.store.OlderDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayName("A restore that cannot go on leaves everything as it was")
final class RestoreFaultsTest {

  private static final String PASSPHRASE = "correct horse battery staple";

  @TempDir private static Path folder;

  private static Path first;
  private static Path backup;
  private static Path passphrase;

  private record Run(int status, String out, String err) {}

  @BeforeAll
  static void install() throws IOException {
    first = Files.createDirectory(folder.resolve("first"));
    FreshInstallation.into(first);
    configure(first, "");
    passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE);
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
    // Few rounds: it is opened often.
    Path slow = folder.resolve("slow.backup");
    assertThat(run(first, "backup", slow.toString()).status()).isZero();
    backup = folder.resolve("inkan.backup");
    try (Passphrase opener = opener()) {
      Rewritten.write(slow, opener, backup, files -> {});
    }
  }

  private static Passphrase opener() {
    return Passphrase.copyOf(PASSPHRASE.toCharArray());
  }

  private static Path configure(Path place, String more) throws IOException {
    return Files.writeString(place.resolve("inkan.yaml"), TestServer.CONFIGURATION + more);
  }

  private static Run run(Path place, String command, String file) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = InkanServer.commandLine(Clock.systemUTC(), new SecureRandom());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int status =
        line.execute(
            command,
            file,
            "--passphrase-file=" + passphrase,
            "--config=" + place.resolve("inkan.yaml"));
    assertThat(err.toString()).as("no stack trace").doesNotContain("\tat ");
    return new Run(status, out.toString(), err.toString());
  }

  private static Path place(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  private static Map<String, String> files(Path place) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(place)) {
      for (Path file : all.filter(it -> !it.equals(place)).toList()) {
        files.put(
            place.relativize(file).toString(),
            Files.isDirectory(file)
                ? "folder"
                : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  @Test
  @DisplayName("Of a newer schema: refused with the version that made it")
  void newerSchema() throws IOException {
    Path newer = folder.resolve("newer.backup");
    try (Passphrase opener = opener()) {
      Rewritten.write(
          backup, opener, newer, files -> files.computeIfPresent("database", (n, it) -> renew(it)));
    }
    Path place = place("newer-schema");
    configure(place, "");
    Map<String, String> before = files(place);

    Run refused = run(place, "restore", newer.toString());

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains("the backup was made by Inkan", "that version or a later one", "version 900");
    assertThat(files(place)).isEqualTo(before);
  }

  private static byte[] renew(byte[] database) {
    try {
      Path file = Files.write(folder.resolve("renewed.mv.db"), database);
      OlderDatabase.renew(DatabaseSettings.h2(folder.resolve("renewed"), 2));
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("Over a database in use: refused; of keys and journal nothing is left behind")
  void databaseInUse() throws IOException {
    Path place = place("in-use");
    configure(place, "");
    Files.createDirectory(place.resolve("data"));
    Files.copy(first.resolve("data/inkan.mv.db"), place.resolve("data/inkan.mv.db"));
    Map<String, String> before = files(place);

    Run refused = run(place, "restore", backup.toString());

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("is in use already", "Nothing of it was changed");
    assertThat(files(place).keySet()).isEqualTo(before.keySet());
  }

  @Test
  @DisplayName("Without a configuration the backup's own is taken, and taken away again")
  void configurationToo() throws IOException {
    Path place = place("no-configuration");
    Files.createDirectories(place.resolve("data/journal.log"));

    assertThat(run(place, "restore", backup.toString()).status()).isEqualTo(1);

    assertThat(files(place)).containsOnlyKeys("data", "data/journal.log");
    Files.delete(place.resolve("data/journal.log"));
    Run restored = run(place, "restore", backup.toString());
    assertThat(restored.status()).as(restored.err()).isZero();
    assertThat(place.resolve("keys/issuing.p12"))
        .hasBinaryContent(Files.readAllBytes(first.resolve("keys/issuing.p12")));
  }

  @Test
  @DisplayName("Into PostgreSQL: whole, or a table fails and the database is as empty as before")
  void intoPostgresql() throws Exception {
    DatabaseSettings database = Engine.POSTGRESQL.empty(folder);
    Path place = place("postgresql");
    Files.writeString(place.resolve("database.password"), database.password());
    Files.setPosixFilePermissions(
        place.resolve("database.password"), PosixFilePermissions.fromString("rw-------"));
    configure(
        place,
        "database: {url: \"%s\", user: %s, password-file: database.password}\n"
            .formatted(database.url(), database.user()));
    assertThat(migrate(place)).isZero();
    sql(database, "ALTER TABLE certificate ADD CONSTRAINT in_the_way CHECK (kind = 'none')");
    Map<String, String> before = files(place);

    Run refused = run(place, "restore", backup.toString());

    assertThat(refused.status()).isEqualTo(1);
    assertThat(files(place)).isEqualTo(before);
    sql(database, "ALTER TABLE certificate DROP CONSTRAINT in_the_way");
    Run restored = run(place, "restore", backup.toString());
    assertThat(restored.status()).as(restored.err()).isZero();
    assertThat(restored.out()).contains("rows are in the database, each compared");
    Run again = run(place("again"), "restore", backup.toString());
    assertThat(again.status()).as("H2, as the backup's configuration says").isZero();
    assertThat(run(place, "backup", folder.resolve("of-postgresql.backup").toString()).err())
        .isEmpty();
  }

  private static int migrate(Path place) {
    CommandLine line = InkanServer.commandLine(Clock.systemUTC(), new SecureRandom());
    Path file = place.resolve("inkan.yaml");
    Path keys = place.resolve("keys");
    try {
      // The configuration's files must be there for any command but restore.
      copy(first.resolve("keys"), keys);
      int status = line.execute("migrate", "--config=" + file);
      copy(keys, null);
      return status;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, @org.jspecify.annotations.Nullable Path into)
      throws IOException {
    if (into != null) {
      Files.createDirectory(into);
    }
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        if (into == null) {
          Files.delete(file);
        } else {
          Files.copy(
              file,
              into.resolve(file.getFileName()),
              java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    if (into == null) {
      Files.delete(from);
    }
  }

  private static void sql(DatabaseSettings database, String statement) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement it = connection.createStatement()) {
      it.execute(statement);
    }
  }

  @Test
  @DisplayName("Disk full: told by backup and restore; older backups stay, nothing half is left")
  void diskFull() throws Exception {
    Path place = place("disk-full");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NoRoomForBackups.class.getName(),
                first.toString(),
                backup.toString(),
                passphrase.toString(),
                place.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }
}
