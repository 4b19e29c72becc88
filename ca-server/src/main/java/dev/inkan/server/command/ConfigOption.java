package dev.inkan.server.command;

import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.Roles;
import dev.inkan.server.installation.InitialisationException;
import dev.inkan.server.log.LogOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
    return load(Optional.empty());
  }

  /**
   * As {@link #load()}, for a server that does {@code roles} whatever the file says; if they are
   * empty, what the file says.
   */
  InkanConfig load(Optional<Roles> roles) {
    Map<String, String> environment = System.getenv();
    try {
      InkanConfig config = ConfigFile.load(file, environment, roles);
      LogOutput.use(config.log().format());
      return config;
    } catch (ConfigurationException e) {
      if (isBeforeInit(environment, roles)) {
        throw new InitialisationException(
            "there is no installation yet for " + file + ". Run init with it first.");
      }
      throw e;
    }
  }

  private boolean isBeforeInit(Map<String, String> environment, Optional<Roles> roles) {
    try {
      // With the issuing key in a token, the root's certificate tells.
      InkanConfig before = ConfigFile.loadForInit(file, environment);
      InkanConfig.Authority authority = before.authority();
      return !roles.orElse(before.roles()).isStatusAlone()
          && !Files.exists(
              authority.issuingKeyFile().file().orElse(authority.rootCertificateFile()));
    } catch (ConfigurationException e) {
      return false; // what is wrong stands even before the first start, and is told by the caller
    }
  }

  /** Where none of the files that it names need be there. */
  InkanConfig loadWithoutFiles() {
    return ConfigFile.loadForRestore(file, System.getenv());
  }

  InkanConfig loadForInit() {
    return ConfigFile.loadForInit(file, System.getenv());
  }
}
