package dev.inkan.server.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** The key that signs the audit trail's checkpoints. */
public interface AuditConfig {

  /** Made where it is missing. */
  @WithDefault("keys/audit.p12")
  Path keyFile();

  /** Made with the key. */
  @WithDefault("keys/audit.passphrase")
  SecretFile passphraseFile();
}
