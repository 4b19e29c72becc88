package dev.inkan.server;

import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.config.InkanConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config FILE}, the same for every command. */
final class ConfigOption {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "/etc/inkan/inkan.yaml",
      description = "The configuration file (default: ${DEFAULT-VALUE}).")
  private Path file;

  InkanConfig load() {
    try {
      return ConfigFile.load(file);
    } catch (ConfigurationException e) {
      if (isBeforeInit()) {
        throw new InitialisationException(
            "there is no installation yet for " + file + ". Run init with it first.");
      }
      throw e;
    }
  }

  private boolean isBeforeInit() {
    try {
      return !Files.exists(loadForInit().authority().issuingKeyFile());
    } catch (ConfigurationException e) {
      return false; // what is wrong stands even before the first start, and is told by the caller
    }
  }

  InkanConfig loadForInit() {
    return ConfigFile.loadForInit(file, System.getenv());
  }
}
