package dev.inkan.server.store;

import dev.inkan.core.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * Brings a database's schema up to date, whole or not at all: PostgreSQL undoes the change of its
 * tables itself, an H2 file is put back as it was. For one thread.
 */
public final class SchemaUpgrade {

  private static final String ASIDE = ".before-migration";

  private final DatabaseSettings settings;
  private final String[] locations;

  public SchemaUpgrade(DatabaseSettings settings) {
    this(settings, List.of(Schema.LOCATION));
  }

  SchemaUpgrade(DatabaseSettings settings, List<String> locations) {
    this.settings = settings;
    this.locations = locations.toArray(String[]::new);
  }

  /**
   * How far the database has come; an H2 file that is missing has no tables.
   *
   * @throws SchemaVersionException if a newer program was there
   * @throws StoreUnavailableException if it cannot be reached, or a server has the H2 file open
   */
  public SchemaState state() {
    if (settings.isH2() && !Files.exists(settings.h2DataFile())) {
      return SchemaState.ofNothing();
    }
    return Database.state(settings, locations);
  }

  /**
   * Applies what is missing.
   *
   * @throws SchemaVersionException if that failed: the database is as it was before
   */
  public void run() {
    SchemaState before = state();
    Optional<Path> file =
        Optional.of(settings).filter(DatabaseSettings::isH2).map(DatabaseSettings::h2DataFile);
    file.filter(Files::exists).ifPresent(SchemaUpgrade::copyAside);
    try {
      Database.migrateAtOnce(settings, locations).close();
    } catch (StoreUnavailableException e) {
      file.ifPresent(SchemaUpgrade::putBack);
      throw new SchemaVersionException(
          "the database could not be brought from version "
              + before.version().orElse("none")
              + " to "
              + before.newest()
              + " ("
              + e.getMessage()
              + "). It is as it was before: start the earlier program again, and keep this message");
    }
    file.ifPresent(SchemaUpgrade::forget);
  }

  private static Path aside(Path file) {
    return file.resolveSibling(file.getFileName() + ASIDE);
  }

  private static void copyAside(Path file) {
    Path aside = aside(file);
    if (Files.exists(aside)) {
      throw new SchemaVersionException(
          "an earlier migration was interrupted: "
              + aside
              + " is the database as it was before. If no server has run since, move it to "
              + file
              + ", else delete it; then run the 'migrate' command again. Nothing was changed");
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      Files.copy(
          file,
          unfinished,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(unfinished, aside);
    } catch (IOException e) {
      throw new StoreUnavailableException(
          file + " cannot be copied before its schema changes (" + e.getMessage() + ")", e);
    }
  }

  private static void putBack(Path file) {
    Path aside = aside(file);
    try {
      if (Files.exists(aside)) {
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new StoreUnavailableException(
          "the schema could not be changed, and "
              + aside
              + " could not be moved to "
              + file
              + ": do that ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private static void forget(Path file) {
    try {
      Files.deleteIfExists(aside(file));
    } catch (IOException e) {
      throw new StoreUnavailableException(
          "the schema is up to date, and " + aside(file) + " is to be deleted", e);
    }
  }
}
