package dev.inkan.server.config;

import dev.inkan.server.config.Allowed.Between;
import dev.inkan.server.config.Allowed.ExistingFile;
import dev.inkan.server.config.Allowed.Lasting;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Backups that the running server makes by itself. */
public interface BackupConfig {

  /** Where they go; nowhere, and none is made. */
  Optional<Path> folder();

  /** The age of the newest at which the next is made. */
  @WithDefault("24h")
  @Lasting(min = "PT10M", max = "P7D")
  Duration every();

  /** How many of this server's are kept. */
  @WithDefault("14")
  @Between(min = 1, max = 1000)
  int keep();

  /** What opens them. */
  @ExistingFile(ownerOnly = true)
  Optional<SecretFile> passphraseFile();
}
