package dev.inkan.server.command;

import dev.inkan.server.doctor.Doctor;
import dev.inkan.server.doctor.Instruments;
import dev.inkan.server.doctor.Report;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at the whole installation and says what is wrong, why it matters, and what mends it. */
@Command(
    name = "doctor",
    description = {
      "Looks at configuration, keys, certificates, database, clock, journal, CRLs, mail server,"
          + " disk and ports, and says of each fault why it matters and what mends it.",
      "Changes nothing and sends no mail. Runs beside a running server, or without one. Ends with 1"
          + " if there is a fault."
    },
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {

  private static final int SOUND = 0;
  private static final int FAULTS = 1;

  private static final String TABLE = "table";
  private static final String JSON = "json";

  private final Instruments instruments;

  @Mixin private ConfigOption config;
  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = TABLE,
      description = "Lines for people, or JSON (default: ${DEFAULT-VALUE}).")
  private String output;

  public DoctorCommand(Instruments instruments) {
    this.instruments = instruments;
  }

  @Override
  public Integer call() {
    if (!output.equals(TABLE) && !output.equals(JSON)) {
      throw new ParameterException(spec.commandLine(), "--output must be table or json");
    }
    Report report =
        new Report(QuietLog.during(() -> new Doctor(config.file(), instruments).examine()));
    PrintWriter out = spec.commandLine().getOut();
    if (output.equals(JSON)) {
      out.println(report.json());
    } else {
      report.text().forEach(out::println);
    }
    return report.hasFaults() ? FAULTS : SOUND;
  }
}
