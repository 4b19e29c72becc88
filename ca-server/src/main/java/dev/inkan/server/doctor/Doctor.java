package dev.inkan.server.doctor;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.Role;
import dev.inkan.server.key.AuthorityKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a whole installation, beside a running server or without one. Goes on where it can, so
 * that one visit tells of everything. For one thread.
 */
public final class Doctor {

  private static final String CONFIGURATION = "configuration";

  private final Path file;
  private final Instruments instruments;

  /**
   * @param file the configuration
   */
  public Doctor(Path file, Instruments instruments) {
    this.file = file;
    this.instruments = instruments;
  }

  /** Everything that was found, in the order in which it was looked at. */
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    Optional<InkanConfig> config = configuration(findings);
    config.ifPresent(it -> examine(it, findings));
    return findings;
  }

  private Optional<InkanConfig> configuration(List<Finding> findings) {
    try {
      InkanConfig config = ConfigFile.load(file, instruments.environment());
      findings.add(Finding.ok(CONFIGURATION, file + " can work"));
      return Optional.of(config);
    } catch (ConfigurationException e) {
      return incomplete(e, findings);
    }
  }

  /** With files missing that init makes, the rest can be looked at all the same. */
  private Optional<InkanConfig> incomplete(ConfigurationException why, List<Finding> findings) {
    try {
      InkanConfig config = ConfigFile.loadForInit(file, instruments.environment());
      InkanConfig.Authority authority = config.authority();
      if (!config.roles().isStatusAlone()
          && !Files.exists(
              authority.issuingKeyFile().file().orElse(authority.rootCertificateFile()))
          && !Files.exists(config.web().tls().keyFile())) {
        findings.add(
            Finding.fault(
                CONFIGURATION,
                "there is no installation yet for " + file,
                "nothing can be issued",
                "make one: inkan-server init --config " + file));
        return Optional.empty();
      }
      tell(why, findings);
      return Optional.of(config);
    } catch (ConfigurationException e) {
      tell(e, findings);
      return Optional.empty();
    }
  }

  private static void tell(ConfigurationException e, List<Finding> findings) {
    for (String problem : e.problems()) {
      String[] halves = problem.split("; to mend: ", 2);
      findings.add(
          Finding.fault(
              CONFIGURATION,
              halves[0],
              "no server starts with it (exit code " + ConfigurationException.EXIT_CODE + ")",
              mend(halves)));
    }
  }

  private static String mend(String[] halves) {
    if (halves[0].contains(": authority.root-certificate-file: ")) {
      return "put the root's certificate there: it is the last in chain.pem, and its SHA-256 stands"
          + " in the ceremony's transcript";
    }
    if (halves[0].contains("chmod 600")) {
      return "run: chmod 600 FILE, and ask yourself who read it";
    }
    return halves.length == 2 ? halves[1] : "correct the file";
  }

  private void examine(InkanConfig config, List<Finding> findings) {
    RunningServer running = RunningServer.find(config);
    findings.addAll(shielded("server", running::findings));
    DatabaseExamination database = new DatabaseExamination(config, instruments, running.isOurs());
    List<Finding> ofDatabase = shielded("database", database);
    if (config.roles().isStatusAlone()) {
      findings.addAll(shielded("keys", new StatusNodeExamination(config, instruments)));
      findings.addAll(shielded("left-overs", new LeftOvers(config)));
      findings.addAll(ofDatabase);
    } else {
      authority(config, running, database, ofDatabase, findings);
    }
    if (config.roles().has(Role.JOBS)) {
      findings.addAll(shielded("mail", new MailExamination(config, instruments.clock())));
      findings.addAll(shielded("backup", new BackupExamination(config, instruments)));
    }
    findings.addAll(shielded("disk", new DiskExamination(config, instruments.freeOctets())));
    findings.addAll(shielded("ports", new PortExamination(config, running.isOurs())));
  }

  /** What a server has that has the issuing CAs' keys. */
  private void authority(
      InkanConfig config,
      RunningServer running,
      DatabaseExamination database,
      List<Finding> ofDatabase,
      List<Finding> findings) {
    AuthorityKeys keys =
        new AuthorityKeys(
            config, CryptoProviders.fastest(instruments.random()), instruments.random());
    Instant now = instruments.clock().instant();
    IssuingKeyExamination issuing =
        new IssuingKeyExamination(
            keys, cas(database, running, keys), config.roles().has(Role.STATUS), now);
    findings.addAll(shielded("keys", issuing));
    findings.addAll(shielded("keys", new KeyExamination(config, keys, issuing, now)));
    findings.addAll(shielded("left-overs", new LeftOvers(config)));
    findings.addAll(ofDatabase);
    findings.addAll(
        shielded("journal", new JournalExamination(config, () -> first(database, issuing))));
  }

  /** By the database; where it is not to be had, by the running server, or else by their keys. */
  private List<KnownCa> cas(
      DatabaseExamination database, RunningServer running, AuthorityKeys keys) {
    return database
        .generations()
        .map(it -> KnownCa.of(it, instruments.clock().instant()))
        .or(running::cas)
        .orElseGet(() -> IssuingKeyExamination.byTheirKeys(keys));
  }

  /** The installation's first CA, which its journals are of. */
  private static Optional<Fingerprint> first(
      DatabaseExamination database, IssuingKeyExamination issuing) {
    return database
        .generations()
        .flatMap(it -> it.first().certificate())
        .or(() -> issuing.key(CaName.ISSUING).map(Credential::certificate))
        .map(Fingerprint::of);
  }

  // A fault of ours must not hide what else there is to find.
  private static List<Finding> shielded(String part, Examination examination) {
    try {
      return examination.examine();
    } catch (RuntimeException e) {
      return List.of(
          Finding.fault(
              part,
              "cannot be examined: " + e.getClass().getSimpleName() + ": " + e.getMessage(),
              "what it stands on is not as it should be",
              "look at the faults beside this one first"));
    }
  }
}
