package dev.inkan.admin.command.audit;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.NewFile;
import dev.inkan.admin.command.Session;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exports the audit log (D4). */
@Command(
    name = "export",
    description = {
      "Writes out the audit log with its hash chain and checkpoints, to keep elsewhere.",
      "«audit verify» checks such a file without the server."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin audit export --file audit-2026-11.ndjson",
      "  inkan-admin audit export --from 120001 | gzip > audit.ndjson.gz"
    },
    mixinStandardHelpOptions = true)
final class AuditExportCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;

  @Option(names = "--from", paramLabel = "N", description = "Only from this event's number on.")
  private @Nullable Long from;

  @Option(names = "--file", paramLabel = "FILE", description = "Into a new file instead.")
  private @Nullable Path file;

  AuditExportCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() throws IOException {
    Session session = connection.open(desk);
    Resource wanted = Resource.of("audit", "export").with("from", Optional.ofNullable(from));
    if (file == null) {
      return toPipe(session, wanted);
    }
    try (NewFile target = NewFile.reserve(file);
        OutputStream out = new BufferedOutputStream(target.stream())) {
      long octets = session.api().download(wanted, out);
      out.flush();
      target.complete();
      session.note(file + " holds the audit log (" + octets + " octets).");
    }
    return ExitStatus.DONE;
  }

  private static int toPipe(Session session, Resource wanted) {
    PrintWriter out = session.terminal().out();
    try (OutputStream lines = new LineStream(out)) {
      session.api().download(wanted, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitStatus.DONE;
  }
}
