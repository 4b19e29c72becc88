package dev.inkan.server.doctor;

import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.config.InkanConfig;
import java.nio.file.Files;
import java.nio.file.Path;
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
      if (!Files.exists(authority.issuingKeyFile().file().orElse(authority.rootCertificateFile()))
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
    if (halves[0].contains("chmod 600")) {
      return "run: chmod 600 FILE, and ask yourself who read it";
    }
    return halves.length == 2 ? halves[1] : "correct the file";
  }

  private void examine(InkanConfig config, List<Finding> findings) {
    RunningServer running = RunningServer.find(config);
    findings.addAll(shielded("server", running::findings));
    KeyExamination keys = new KeyExamination(config, instruments);
    findings.addAll(shielded("keys", keys));
    findings.addAll(shielded("left-overs", new LeftOvers(config)));
    findings.addAll(
        shielded("database", new DatabaseExamination(config, instruments, running.isOurs())));
    findings.addAll(shielded("journal", new JournalExamination(config, keys::issuer)));
    findings.addAll(shielded("mail", new MailExamination(config, instruments.clock())));
    findings.addAll(shielded("disk", new DiskExamination(config, instruments.freeOctets())));
    findings.addAll(shielded("ports", new PortExamination(config, running.isOurs())));
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
