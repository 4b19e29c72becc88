package dev.inkan.server.config;

import dev.inkan.server.config.Allowed.Between;
import dev.inkan.server.config.Allowed.ExistingFile;
import dev.inkan.server.config.Allowed.Form;
import dev.inkan.server.config.Allowed.Lasting;
import dev.inkan.server.registration.user.MailAddress;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The mail server, and how patient we are with it. */
public interface MailConfig {

  @Form(pattern = ConfigFile.HOST, says = "a host name or an IP address")
  String host();

  @WithDefault("587")
  @Between(min = 1, max = 65_535)
  int port();

  @WithDefault("starttls")
  Security security();

  @Form(pattern = "[\\x21-\\x7e]{1,128}", says = "1-128 visible ASCII characters")
  Optional<String> username();

  @ExistingFile(ownerOnly = true)
  Optional<SecretFile> passwordFile();

  /** The sender's address. */
  MailAddress from();

  /** The sender's name; the bank's name if not set. */
  @Form(pattern = BankConfig.LINE, says = BankConfig.LINE_SAYS)
  Optional<String> fromName();

  @WithDefault("10s")
  @Lasting(min = "PT0.1S", max = "PT5M")
  Duration connectTimeout();

  /** How long the server may be silent; also the limit for writing. */
  @WithDefault("30s")
  @Lasting(min = "PT0.1S", max = "PT10M")
  Duration readTimeout();

  /** Certificates, in PEM, that the server's must lead to; the JDK's if not set. */
  @ExistingFile
  Optional<Path> trustFile();

  Retry retry();

  /** The age at which a mail that cannot be handed over is given up. */
  @WithDefault("72h")
  @Lasting(min = "PT1M", max = "P30D")
  Duration giveUpAfter();

  /** How the connection is protected. */
  enum Security {
    /** Not at all; for a mail server on this machine alone. */
    NONE,
    /** RFC 3207, insisted on. */
    STARTTLS,
    /** TLS from the first octet (RFC 8314). */
    TLS
  }

  /** The wait after a failure: {@code first}, doubled each time, {@code last} at most. */
  interface Retry {
    @WithDefault("30s")
    @Lasting(min = "PT0.1S", max = "PT1H")
    Duration first();

    @WithDefault("1h")
    @Lasting(min = "PT0.1S", max = "PT24H")
    Duration last();
  }
}
