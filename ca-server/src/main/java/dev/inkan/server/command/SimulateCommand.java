package dev.inkan.server.command;

import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.simulation.BankDays;
import dev.inkan.server.simulation.DayReport;
import dev.inkan.server.simulation.ReportFormat;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells, day by day, what the jobs would do. */
@Command(
    name = "simulate",
    description = {
      "Runs the jobs on a copy of the database with a moved clock and prints, day by day, what"
          + " would happen if nobody did anything: mails, ends of certificates, passwords and"
          + " locks.",
      "No mail leaves, and nothing of the original changes. An H2 file must not be open elsewhere:"
          + " stop the server, or use a copy of its file."
    },
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Runnable {

  private static final int MOST_YEARS = 10;
  private static final String NOW = "now";

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;
  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      required = true,
      description = "The last day, such as 2027-12-31; at most 10 years ahead.")
  private String to;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      defaultValue = NOW,
      description =
          "The day on which the server starts again, if it stands still until then (default:"
              + " ${DEFAULT-VALUE}).")
  private String from;

  @Option(
      names = "--closed-on",
      paramLabel = "DATE",
      split = ",",
      description = "Days on which the bank does not work, beside Saturdays and Sundays.")
  private List<String> closedOn = List.of();

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = "table",
      description = "Lines for people, or JSON (default: ${DEFAULT-VALUE}).")
  private String output;

  public SimulateCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    LocalDate last = date("--to", to);
    Set<LocalDate> closed = new HashSet<>();
    closedOn.forEach(day -> closed.add(date("--closed-on", day)));
    ReportFormat format = format();
    InkanConfig loaded = config.load();
    BankDays bank = new BankDays(loaded.bank().zone(), closed);
    Instant begin = clock.instant();
    Instant start = start(bank, begin);
    requireWithin(bank, begin, start, last);
    PrintWriter err = spec.commandLine().getErr();
    SimulationProgress progress = new SimulationProgress(clock, last, err);
    TimeTravel travel = new TimeTravel(loaded, random);
    List<DayReport> days = QuietLog.during(() -> travel.live(start, last, bank, progress));
    PrintWriter out = spec.commandLine().getOut();
    format.lines(bank, days).forEach(out::println);
    out.flush();
    double seconds = Duration.between(begin, clock.instant()).toMillis() / 1000.0;
    err.printf(Locale.ROOT, "%d days simulated in %.1f s%n", days.size(), seconds);
    err.flush();
  }

  private Instant start(BankDays bank, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, bank.zone());
    LocalDate first = from.equals(NOW) ? today : date("--from", from);
    if (first.isBefore(today)) {
      throw wrong("--from " + first + " is over: today is " + today + " in " + bank.zone());
    }
    return first.equals(today) ? now : first.atStartOfDay(bank.zone()).toInstant();
  }

  private void requireWithin(BankDays bank, Instant now, Instant start, LocalDate last) {
    LocalDate today = LocalDate.ofInstant(now, bank.zone());
    LocalDate first = LocalDate.ofInstant(start, bank.zone());
    LocalDate limit = today.plusYears(MOST_YEARS);
    if (last.isBefore(today)) {
      throw wrong("--to " + last + " is over: today is " + today + " in " + bank.zone());
    }
    if (last.isBefore(first)) {
      throw wrong("--to " + last + " is before --from " + first);
    }
    if (last.isAfter(limit)) {
      throw wrong("--to " + last + " is more than 10 years ahead: " + limit + " at most");
    }
  }

  private LocalDate date(String option, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw wrong(option + " " + text + ": write a date as 2027-12-31");
    }
  }

  private ReportFormat format() {
    return switch (output) {
      case "table" -> ReportFormat.TABLE;
      case "json" -> ReportFormat.JSON;
      default -> throw wrong("--output " + output + ": write table or json");
    };
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
