package dev.inkan.admin.command.request;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.NoteOption;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.RevocationRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Rejects a request and releases its holds. */
@Command(
    name = "reject",
    description = "Decides against a request: nothing is revoked, and what it holds is released.",
    footerHeading = Help.EXAMPLES,
    footer = "  inkan-admin request reject 7 --note \"PC was found\"",
    mixinStandardHelpOptions = true)
final class RequestRejectCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private NoteOption note;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "Its number.")
  private long number;

  RequestRejectCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    RevocationRequest rejected =
        session
            .api()
            .post(
                Resource.of("requests", Long.toString(number), "reject"),
                note.note(),
                RevocationRequest.class);
    return RequestView.print(session, rejected, output);
  }
}
