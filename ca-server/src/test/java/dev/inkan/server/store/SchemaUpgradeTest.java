package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The schema is brought up to date whole or not at all")
final class SchemaUpgradeTest {

  private static final List<String> BREAKING =
      List.of(Schema.LOCATION, "classpath:db/migration/failing");

  /** A new column may be left out by who does not know it. */
  private static final String ADDING =
      "(?i)CREATE (TABLE|SEQUENCE|INDEX) .*"
          + "|ALTER TABLE \\w+ ADD COLUMN (?!.*NOT NULL(?!.*DEFAULT)).*";

  @TempDir private Path folder;

  @ParameterizedTest(name = "on {0}")
  @EnumSource
  @DisplayName("A migration that fails in the middle: told, and the database is as it was before")
  void failsInTheMiddle(Engine engine) throws IOException {
    DatabaseSettings settings = engine.empty(folder);
    Database.openAndMigrate(settings).close();
    String newest = new SchemaUpgrade(settings).state().newest();

    assertThatExceptionOfType(SchemaVersionException.class)
        .isThrownBy(() -> new SchemaUpgrade(settings, BREAKING).run())
        .withMessageContaining("could not be brought from version " + newest + " to 901")
        .withMessageContaining("as it was before");

    assertThat(OlderDatabase.version(settings)).isEqualTo(newest);
    try (Database database = Database.openMigrated(settings)) {
      assertThatThrownBy(
              () ->
                  database.inTransaction(
                      handle -> handle.execute("SELECT half_way FROM organisation")))
          .as("the half that succeeded is undone")
          .isInstanceOf(StoreUnavailableException.class);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(it -> it.getFileName().toString()))
          .noneMatch(name -> name.contains("before") || name.contains("unfinished"));
    }
  }

  @ParameterizedTest(name = "on {0}")
  @EnumSource
  @DisplayName("A database that a newer program had: refused to serve, migrate, read and copy")
  void newer(Engine engine) throws IOException {
    DatabaseSettings settings = engine.empty(folder);
    Database.openAndMigrate(settings).close();
    OlderDatabase.renew(settings);
    byte[] before = settings.isH2() ? Files.readAllBytes(settings.h2DataFile()) : new byte[0];

    for (Runnable act :
        List.<Runnable>of(
            () -> Database.openToRead(settings),
            () -> new SchemaUpgrade(settings).state(),
            () -> new SchemaUpgrade(settings).run(),
            () -> DatabaseCopy.asItIs(settings))) {
      assertThatExceptionOfType(SchemaVersionException.class)
          .isThrownBy(act::run)
          .withMessageContaining("at version 900, which a newer program made")
          .withMessageContaining("restore the backup");
    }

    if (settings.isH2()) {
      assertThat(settings.h2DataFile()).hasBinaryContent(before);
    }
    assertThatExceptionOfType(SchemaVersionException.class)
        .isThrownBy(() -> Database.openMigrated(settings))
        .withMessageContaining("start that program");
    assertThat(OlderDatabase.version(settings)).isEqualTo("900");
  }

  @Test
  @DisplayName("What a migration that was killed left is told, and nothing is decided")
  void killed() throws IOException {
    DatabaseSettings settings = Engine.H2.empty(folder);
    Database.openAndMigrate(settings).close();
    Path aside = Files.writeString(folder.resolve("inkan.mv.db.before-migration"), "as before");

    assertThatExceptionOfType(SchemaVersionException.class)
        .isThrownBy(() -> new SchemaUpgrade(settings, BREAKING).run())
        .withMessageContaining("was interrupted")
        .withMessageContaining(aside.toString());

    assertThat(aside).hasContent("as before");
  }

  @Test
  @DisplayName("Migrations only add: running servers of the previous version go on meanwhile")
  void onlyAdds() throws IOException {
    Path migrations = Path.of("src/main/resources/db/migration/common");
    try (Stream<Path> files = Files.list(migrations)) {
      List<Path> later = files.filter(SchemaUpgradeTest::isOfAReleaseAfterTheFirst).toList();
      assertThat(later).isNotEmpty();
      for (Path file : later) {
        String sql = Files.readString(file).replaceAll("--[^\n]*", "").replaceAll("\\s+", " ");
        assertThat(Stream.of(sql.split(";")).map(String::strip).filter(it -> !it.isEmpty()))
            .as("%s: a change that takes away needs a release between", file)
            .allMatch(statement -> statement.matches(ADDING));
      }
    }
  }

  private static boolean isOfAReleaseAfterTheFirst(Path file) {
    Matcher number = Pattern.compile("V([0-9]+)__.*").matcher(file.getFileName().toString());
    return number.matches() && Integer.parseInt(number.group(1)) > 7;
  }
}
