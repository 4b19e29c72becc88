package dev.inkan.server;

import dev.inkan.server.store.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings the database schema up to date. */
@Command(
    name = "migrate",
    description = "Brings the database schema up to date. Safe to repeat.",
    mixinStandardHelpOptions = true)
final class MigrateCommand implements Runnable {

  @Mixin private ConfigOption config;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Database.openAndMigrate(Storage.settings(config.load())).close();
    spec.commandLine().getOut().println("The database schema is up to date.");
  }
}
