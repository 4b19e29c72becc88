package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void migratingTwiceChangesNothing(Engine engine) {
    DatabaseSettings settings = engine.empty(directory);
    Database.openAndMigrate(settings).close();

    assertThatCode(
            () -> {
              Database.openAndMigrate(settings).close();
              Database.openMigrated(settings).close();
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aSchemaNewerThanTheProgramIsRefused(Engine engine) {
    DatabaseSettings settings = engine.empty(directory);
    try (Database database = Database.openAndMigrate(settings)) {
      int unused =
          database.inTransaction(
              handle ->
                  handle.execute(
                      """
                      INSERT INTO "flyway_schema_history" ("installed_rank", "version",
                        "description", "type", "script", "installed_by", "execution_time",
                        "success")
                      VALUES (99, '99', 'future', 'SQL', 'V99__future.sql', 'test', 1, TRUE)
                      """));
    }

    assertThatThrownBy(() -> Database.openMigrated(settings).close())
        .isInstanceOf(SchemaVersionException.class)
        .hasMessageContaining("version 99, which a newer program made");
    assertThatThrownBy(() -> Database.openAndMigrate(settings).close())
        .isInstanceOf(SchemaVersionException.class);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aDatabaseThatWasNotMigratedIsRefused(Engine engine) {
    DatabaseSettings settings = engine.empty(directory);
    try (Database database = Database.openAndMigrate(settings)) {
      int unused =
          database.inTransaction(handle -> handle.execute("DROP TABLE \"flyway_schema_history\""));
    }

    assertThatThrownBy(() -> Database.openMigrated(settings).close())
        .isInstanceOf(SchemaVersionException.class)
        .hasMessageContaining("run the 'migrate' command");
  }

  @Test
  void aMissingFileIsNotCreatedByTheWay() {
    DatabaseSettings settings = DatabaseSettings.h2(directory.resolve("nowhere/inkan"), 2);

    assertThatThrownBy(() -> Database.openMigrated(settings).close())
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("run the 'init' command");
    assertThat(directory.resolve("nowhere")).doesNotExist();
  }

  @Test
  void anUnreachableServerIsUnavailableAndItsPasswordStaysSecret() {
    DatabaseSettings settings =
        new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/inkan", "inkan", "s3cr3t-pw", 2);

    assertThatThrownBy(() -> Database.openMigrated(settings).close())
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("127.0.0.1:1")
        .message()
        .doesNotContain("s3cr3t-pw");
    assertThat(settings.toString()).doesNotContain("s3cr3t-pw");
  }

  @Test
  void theFileIsForItsOwnerOnly() throws IOException {
    Database.openAndMigrate(DatabaseSettings.h2(directory.resolve("data/inkan"), 2)).close();

    assertThat(Files.getPosixFilePermissions(directory.resolve("data/inkan.mv.db")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(directory.resolve("data")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.5.252 (2026-08-01)", "2.4.2400", "2.4.24", "2.3.232", ""})
  @Tag("S8")
  void anUntestedH2IsRefused(String version) {
    assertThatThrownBy(() -> H2File.requireTested(version))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("put h2-2.4.240.jar in its place");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.4.240", "2.4.240 (2025-09-22)"})
  void theTestedH2IsAccepted(String version) {
    assertThatCode(() -> H2File.requireTested(version)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:mem:inkan",
        "jdbc:h2:tcp://localhost/inkan",
        "jdbc:h2:file:/tmp/inkan;AUTO_SERVER=TRUE",
        "jdbc:h2:file:/tmp/inkan;WRITE_DELAY=500",
        "jdbc:postgresql://localhost/inkan?user=a&password=b",
        "jdbc:mysql://localhost/inkan"
      })
  void otherUrlsAreRefused(String url) {
    assertThatThrownBy(() -> new DatabaseSettings(url, "inkan", "", 10))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
