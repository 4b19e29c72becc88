package dev.inkan.server.installation;

import dev.inkan.core.api.NewOperator;
import dev.inkan.core.api.Role;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.OperatorCertificates;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.key.KeyFolder;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.store.FileJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes an operator's credential on the server's own machine, by whoever can read the issuing key:
 * the first one of an installation, and another when no administrator can come in any more.
 */
public final class OperatorFiles {

  /** Who the first one is. */
  static final String FIRST = "admin";

  // The CA was made by this very clock a moment ago, and nobody else's is asked.
  static final ClockPolicy AT_THE_CEREMONY = new ClockPolicy(Duration.ofDays(36_500));

  private final InkanConfig config;
  private final Host host;

  public OperatorFiles(InkanConfig config, Host host) {
    this.config = config;
    this.host = host;
  }

  /** Where the key and its passphrase go. */
  public static Path keyFile(InkanConfig config, String name) {
    return KeyFolder.of(config).resolve("operator-" + name + ".p12");
  }

  public static Path passphraseFile(InkanConfig config, String name) {
    return KeyFolder.of(config).resolve("operator-" + name + ".passphrase");
  }

  /** Makes an administrator of this name, or another credential for the operator who has it. */
  public void make(String name, ClockPolicy clocks) {
    KeyFolder files = new KeyFolder(host.random());
    files.refuseExisting(keyFile(config, name), passphraseFile(config, name));
    Actor actor = new Actor(Actor.Kind.SYSTEM, host.node().value());
    try (Storage storage = Storage.open(config, host.clock(), host.random())) {
      IssuingCas cas = new IssuingCas(config, host, clocks, storage);
      try (FileJournal journal = cas.journal()) {
        Authorities authorities = cas.open(journal);
        CertifiedKey made =
            authorities
                .operatorCertificates(storage.operation(), journal)
                .issue(
                    new OperatorCertificates.Order(
                        config.bank().name(), name, config.operation().credentialDays(), actor),
                    (stores, key) -> record(stores, key, name, actor));
        files.writeKey(
            keyFile(config, name), new SecretFile(passphraseFile(config, name)), made.credential());
      }
    }
  }

  private void record(OperationStores stores, CertifiedKey key, String name, Actor actor) {
    Instant now = host.clock().instant();
    boolean added =
        stores
            .operators()
            .add(new NewOperator(name, name, List.of(Role.ADMINISTRATOR)), now, actor.name());
    stores
        .operators()
        .addCredential(
            Fingerprint.of(key.credential().certificate()), name, key.entry().serialNumber(), now);
    stores
        .audit()
        .append(
            new AuditEvent(
                now,
                actor,
                added ? AuditAction.OPERATOR_ADDED : AuditAction.OPERATOR_RENEWED,
                Optional.empty(),
                Optional.of(key.entry().serialNumber()),
                name + " at the server's machine"));
  }
}
