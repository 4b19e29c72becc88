package dev.inkan.admin.command.request;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Consent;
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

/** Approves a request and revokes its certificates (D3, D5). */
@Command(
    name = "approve",
    description = {
      "Approves a request: its certificates are revoked for good.",
      "Where the bank wants a second operator it must be another one than recorded it. Shows the request, and asks."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin request approve 7",
      "  inkan-admin request approve 7 --note \"called back, 佐藤 confirms\" --yes"
    },
    mixinStandardHelpOptions = true)
final class RequestApproveCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private NoteOption note;
  @Mixin private Consent consent;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NUMBER", description = "Its number.")
  private long number;

  RequestApproveCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    String path = Long.toString(number);
    RevocationRequest request =
        session.api().get(Resource.of("requests", path), RevocationRequest.class);
    session.note("This revokes the certificates of a request, for good:");
    RequestView.sheet(request, session.notes());
    if (!consent.isGiven(session)) {
      return consent.statusWithout();
    }
    RevocationRequest approved =
        session
            .api()
            .post(Resource.of("requests", path, "approve"), note.note(), RevocationRequest.class);
    return RequestView.print(session, approved, output);
  }
}
