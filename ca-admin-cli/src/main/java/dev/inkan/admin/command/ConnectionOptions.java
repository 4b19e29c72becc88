package dev.inkan.admin.command;

import dev.inkan.admin.client.Api;
import dev.inkan.admin.client.ConnectionSettings;
import dev.inkan.admin.client.PasswordSource;
import dev.inkan.admin.client.SettingsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which server, and who calls: the same for every command. */
public final class ConnectionOptions {

  @ArgGroup(validate = false, order = 90, heading = "%nConnection:%n")
  private @Nullable Given given;

  static final class Given {

    private static final String DEFAULT_TIMEOUT = "30";
    private static final int LONGEST_TIMEOUT = 86_400; // a day

    @Option(
        names = "--server",
        paramLabel = "URL",
        description =
            "The admin API (otherwise as configured, or " + ConnectionSettings.USUAL_SERVER + ").")
    private @Nullable String server;

    @Option(
        names = "--credential",
        paramLabel = "FILE.p12",
        description = "The operator's own key and certificate.")
    private @Nullable Path credential;

    @Option(
        names = "--trust",
        paramLabel = "FILE.pem",
        description = "The root to check the server by (otherwise the credential's own).")
    private @Nullable Path trust;

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "Holds the credential's password (otherwise INKAN_PASSWORD, or a question).")
    private @Nullable Path passwordFile;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "What else to read (otherwise ~/.config/inkan/admin.conf).")
    private @Nullable Path config;

    @Option(
        names = "--timeout",
        paramLabel = "SECONDS",
        defaultValue = DEFAULT_TIMEOUT,
        description = "How long an answer may take (otherwise " + DEFAULT_TIMEOUT + ").")
    private int timeout = Integer.parseInt(DEFAULT_TIMEOUT);
  }

  /**
   * Opens the credential, asking for its password if need be.
   *
   * @throws dev.inkan.admin.client.SettingsException if what was given cannot work
   */
  public Session open(Desk desk) {
    Given options = given == null ? new Given() : given;
    if (options.timeout < 1 || options.timeout > Given.LONGEST_TIMEOUT) {
      throw new StoppedException(ExitStatus.USAGE, "--timeout must be 1-" + Given.LONGEST_TIMEOUT);
    }
    @Nullable Path config = options.config;
    SettingsFile file =
        config == null
            ? SettingsFile.readIfThere(SettingsFile.usual(desk.environment(), desk.home()))
            : SettingsFile.read(config);
    ConnectionSettings settings =
        ConnectionSettings.of(
            new ConnectionSettings.Given(
                Optional.ofNullable(options.server),
                Optional.ofNullable(options.credential),
                Optional.ofNullable(options.trust),
                Duration.ofSeconds(options.timeout)),
            file);
    PasswordSource source =
        new PasswordSource(
            Optional.ofNullable(options.passwordFile),
            desk.environment(),
            settings.passwordFile(),
            desk.terminal()::askSecretly);
    return new Session(source.use(settings.credential(), it -> Api.of(settings, it)), desk);
  }
}
