package dev.inkan.server;

import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.log.LogOutput;
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

  /** Where it is. */
  Path file() {
    return file;
  }

  InkanConfig load() {
    try {
      InkanConfig config = ConfigFile.load(file);
      LogOutput.use(config.log().format());
      return config;
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
      // With the issuing key in a token, the root's certificate tells.
      InkanConfig.Authority authority = loadForInit().authority();
      return !Files.exists(
          authority.issuingKeyFile().file().orElse(authority.rootCertificateFile()));
    } catch (ConfigurationException e) {
      return false; // what is wrong stands even before the first start, and is told by the caller
    }
  }

  InkanConfig loadForInit() {
    return ConfigFile.loadForInit(file, System.getenv());
  }
}
