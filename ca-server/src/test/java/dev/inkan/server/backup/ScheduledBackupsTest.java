package dev.inkan.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseCopy;
import dev.inkan.server.store.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Backups that are made by themselves")
final class ScheduledBackupsTest {

  private static final Instant FIRST = Instant.parse("2026-11-23T03:00:00Z");
  private static final Duration EVERY = Duration.ofHours(24);
  private static final NodeName NODE = new NodeName("node-1");

  private final SecureRandom random = new SecureRandom();

  @TempDir private Path place;
  private Path folder;
  private BackupFolder backups;
  private DatabaseSettings database;

  @BeforeEach
  void install() throws IOException {
    folder = place.resolve("backups");
    backups = new BackupFolder(folder);
    database = DatabaseSettings.h2(place.resolve("inkan"), 4);
    Database.openAndMigrate(database).close();
    Files.writeString(place.resolve("inkan.yaml"), "node: node-1\n");
    Files.writeString(place.resolve("journal.log"), "a whole line\nhalf a l");
    Files.createDirectory(place.resolve("crl"));
    Files.writeString(place.resolve("crl/.issuing.crl.new"), "not whole yet");
  }

  private void runAt(Instant now, int keep) {
    runAt(now, keep, () -> {});
  }

  private void runAt(Instant now, int keep, Runnable afterTheCopy) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    Backup backup =
        new Backup(
            new Installation(
                place.resolve("inkan.yaml"),
                Map.of(),
                place.resolve("keys"),
                place.resolve("journal.log"),
                place.resolve("crl")),
            new Backup.Origin(NODE, Fingerprint.of(Der.copyOf(new byte[] {1})), "1"),
            clock,
            random,
            new BackupFile(random, 1000));
    new ScheduledBackups(
            backups,
            new ScheduledBackups.Plan(NODE, EVERY, keep),
            backup,
            () -> Passphrase.copyOf("correct horse".toCharArray()),
            () -> {
              DatabaseCopy copy = DatabaseCopy.of(database);
              afterTheCopy.run();
              return copy;
            },
            clock)
        .run();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @DisplayName("One is made when the newest is old enough; of ours so many are kept, others all")
  void madeAndPruned() throws IOException {
    runAt(FIRST, 2);
    runAt(FIRST.plus(EVERY).minusSeconds(1), 2);
    assertThat(names()).containsExactly("inkan-node-1-20261123T030000Z.backup");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    List<String> others =
        List.of(
            "inkan-node-10-20200101T000000Z.backup",
            "inkan-before-schema-8-node-1-20200101T000000Z.backup",
            "our-own.backup");
    for (String other : others) {
      Files.createFile(folder.resolve(other));
    }
    Files.createFile(folder.resolve("inkan-node-1-20261120T030000Z.backup.unfinished"));

    runAt(FIRST.plus(EVERY), 2);
    runAt(FIRST.plus(EVERY.multipliedBy(2)), 2);

    assertThat(names())
        .containsExactlyInAnyOrder(
            others.get(0),
            others.get(1),
            others.get(2),
            "inkan-node-1-20261124T030000Z.backup",
            "inkan-node-1-20261125T030000Z.backup");
    assertThat(backups.newest()).contains(FIRST.plus(EVERY.multipliedBy(2)));
  }

  @Test
  @DisplayName(
      "Of servers that share the folder one makes it; its journal ends with a whole record")
  void shared() throws IOException {
    Files.createDirectory(folder);
    Files.createFile(folder.resolve("inkan-node-2-20261123T020000Z.backup"));
    runAt(FIRST, 2);
    assertThat(names()).hasSize(1);

    runAt(FIRST.plus(EVERY), 2);

    Path made = folder.resolve("inkan-node-1-20261124T030000Z.backup");
    try (Passphrase passphrase = Passphrase.copyOf("correct horse".toCharArray());
        OpenedBackup opened = OpenedBackup.open(made, passphrase, place, random)) {
      assertThat(opened.journal()).hasContent("a whole line\n");
      assertThat(opened.files()).containsOnlyKeys("configuration", "database", "journal");
    }
  }

  @Test
  @Tag("D2")
  @DisplayName("What happens while the database is copied is in the backup, by its journal")
  void journalAfterDatabase() throws IOException {
    runAt(FIRST, 2, () -> append(" later\n"));

    Path made = folder.resolve("inkan-node-1-20261123T030000Z.backup");
    try (Passphrase passphrase = Passphrase.copyOf("correct horse".toCharArray());
        OpenedBackup opened = OpenedBackup.open(made, passphrase, place, random)) {
      assertThat(opened.journal()).hasContent("a whole line\nhalf a l later\n");
    }
  }

  private void append(String text) {
    try {
      Files.writeString(place.resolve("journal.log"), text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("What cannot be written is told; the older ones stay, and nothing half is left")
  void cannotBeWritten() throws IOException {
    runAt(FIRST, 1);
    Path held = folder.resolve("inkan-node-1-20261124T030000Z.backup.unfinished");
    Files.createDirectory(held);
    Files.createFile(held.resolve("in-the-way"));

    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(() -> runAt(FIRST.plus(EVERY), 1))
        .withMessageContaining("cannot be written");

    assertThat(names()).contains("inkan-node-1-20261123T030000Z.backup");
  }
}
