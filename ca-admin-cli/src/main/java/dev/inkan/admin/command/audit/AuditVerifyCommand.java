package dev.inkan.admin.command.audit;

import dev.inkan.admin.client.SettingsFile;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.StoppedException;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.admin.output.Style;
import dev.inkan.admin.output.Times;
import dev.inkan.admin.terminal.Terminal;
import dev.inkan.core.audit.AuditFinding;
import dev.inkan.core.audit.AuditVerdict;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies an audit export without the server (D4). */
@Command(
    name = "verify",
    description = {
      "Verifies an exported audit log without the server: finds every event that was changed, removed or inserted, and names it.",
      "The root must come from elsewhere than the export. Ends with 1 if anything is not as it was written."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin audit verify audit-2026-11.ndjson --trust root.pem",
      "  inkan-admin audit export | inkan-admin audit verify - --trust root.pem"
    },
    mixinStandardHelpOptions = true)
final class AuditVerifyCommand implements Callable<Integer> {

  private final Desk desk;

  private static final Path PIPE = Path.of("-");

  @Mixin private OutputOption output;

  @Parameters(paramLabel = "FILE", description = "The export; - reads it from the pipe.")
  private Path file;

  @Option(
      names = "--trust",
      paramLabel = "ROOT.pem",
      description = "The CA's root (otherwise the one configured in admin.conf).")
  private @Nullable Path trust;

  AuditVerifyCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    String root = root();
    try (InputStream in = open()) {
      AuditVerdict verdict = ExportVerification.verify(in, root);
      return report(verdict);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private String root() {
    Path source =
        Optional.ofNullable(trust)
            .or(
                () ->
                    SettingsFile.readIfThere(SettingsFile.usual(desk.environment(), desk.home()))
                        .trust())
            .orElseThrow(
                () ->
                    new StoppedException(
                        ExitStatus.USAGE,
                        "whose signature counts?",
                        "--trust ROOT.pem, known from elsewhere than the export"));
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private InputStream open() throws IOException {
    return new BufferedInputStream(
        file.equals(PIPE) ? System.in : new FileInputStream(file.toFile()));
  }

  private static StoppedException unreadable(Path file, IOException cause) {
    StoppedException stopped =
        new StoppedException(
            ExitStatus.USAGE, file + " cannot be read", "check its name and its owner");
    stopped.initCause(cause);
    return stopped;
  }

  private int report(AuditVerdict verdict) {
    Terminal terminal = desk.terminal();
    Paper paper =
        new Paper(
            terminal.out(),
            new Times(() -> ZoneOffset.UTC, desk.clock()),
            terminal.coloursOut(),
            terminal.columns());
    output.verdict(verdict, FINDINGS, verdict.findings(), paper, it -> tell(verdict, it));
    return verdict.isSound() ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private static final Listing<AuditFinding> FINDINGS =
      new Listing<>(
          List.of(
              Column.word("finding", it -> Optional.of(it.kind())),
              Column.number("number", AuditFinding::number),
              Column.text("sentence", AuditFinding::sentence)),
          "");

  private static void tell(AuditVerdict verdict, Paper paper) {
    PrintWriter out = paper.out();
    verdict
        .findings()
        .forEach(
            it -> out.println(Style.BAD.paint("altered:", paper.colours()) + " " + it.sentence()));
    if (verdict.findingCount() > verdict.findings().size()) {
      out.println("… and " + (verdict.findingCount() - verdict.findings().size()) + " more");
    }
    out.println(verdict.records() + " records and " + verdict.checkpoints() + " checkpoints read");
    out.println(verdict.coverage());
    out.println(
        verdict.isSound()
            ? Style.GOOD.paint("sound", paper.colours())
                + ": nothing was changed, removed or inserted"
            : Style.BAD.paint("not sound", paper.colours())
                + ": "
                + verdict.findingCount()
                + " findings. Keep this export, and tell the security desk");
    out.flush();
  }
}
