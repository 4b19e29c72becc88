package dev.inkan.server.command;

import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.store.DatabaseTransfer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Moves an installation from one database to another. */
@Command(
    name = "copy-database",
    description = {
      "Copies every row into another, empty database, such as from H2 to PostgreSQL, and compares"
          + " each with the original. Changes nothing of the original.",
      "Stop the server first: what it wrote meanwhile would be missing. Then let the configuration"
          + " name the new database, and start."
    },
    mixinStandardHelpOptions = true)
public final class CopyDatabaseCommand implements Runnable {

  @Mixin private ConfigOption config;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "A configuration file whose section database names the new database.")
  private Path to;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    InkanConfig from = config.load();
    InkanConfig into = ConfigFile.loadForInit(to, System.getenv());
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Long> rows =
        DatabaseTransfer.copy(
            Storage.settings(from),
            Storage.settings(into),
            (table, count) -> {
              out.printf("%-28s %9d%n", table.toLowerCase(Locale.ROOT), count);
              out.flush(); // a large table takes minutes
            });
    out.printf(
        "%d rows of %d tables are the same in %s.%n",
        rows.values().stream().mapToLong(Long::longValue).sum(),
        rows.size(),
        into.database().url());
    out.println("Now: let the configuration name it, then serve. The old one is as it was.");
  }
}
