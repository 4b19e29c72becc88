package dev.inkan.server.config;

import io.smallrye.config.WithDefault;

/** The key that signs the audit trail's checkpoints. */
public interface AuditConfig {

  /** Made where it is missing. */
  @WithDefault("keys/audit.p12")
  KeyPlace keyFile();

  /** Made with the key. */
  @WithDefault("keys/audit.passphrase")
  SecretFile passphraseFile();
}
