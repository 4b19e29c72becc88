package dev.inkan.admin.command.request;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.AskedOptions;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.SerialArgument;
import dev.inkan.admin.command.SerialLookup;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.command.StoppedException;
import dev.inkan.core.api.NewRevocationRequest;
import dev.inkan.core.api.RevocationRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Records an organisation's request to revoke (D3). */
@Command(
    name = "add",
    description =
        "Records that an organisation wants a user's certificates revoked: who asked, how, why, since when. With --hold they stop counting at once; «request approve» revokes them.",
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin request add --user yamada01 --cause lost --asked-by 佐藤 --channel phone --hold",
      "  inkan-admin request add --serial 7f3a --cause never-imported --asked-by 佐藤 --channel paper"
    },
    mixinStandardHelpOptions = true)
final class RequestAddCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private AskedOptions asked;
  @Mixin private OutputOption output;

  @Option(
      names = "--user",
      paramLabel = "ID",
      order = 10,
      description = "All certificates of this user that count.")
  private @Nullable String user;

  @Option(
      names = "--serial",
      paramLabel = "SERIAL",
      order = 11,
      description = "This certificate, or the one that begins so; may be repeated, of one user.")
  private List<SerialArgument> serials = List.of();

  @Option(names = "--hold", order = 25, description = "Puts them on hold until it is decided.")
  private boolean hold;

  @Option(names = "--dry-run", order = 61, description = "Says what it would do, and does nothing.")
  private boolean dryRun;

  RequestAddCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    if ((user == null) == serials.isEmpty()) {
      throw new StoppedException(
          ExitStatus.USAGE,
          "whose certificates? One of --user ID and --serial SERIAL",
          "inkan-admin cert list --user ID");
    }
    asked.require();
    Session session = connection.open(desk);
    SerialLookup lookup = new SerialLookup(session.api());
    NewRevocationRequest wanted =
        new NewRevocationRequest(
            Optional.ofNullable(user),
            serials.stream().map(it -> lookup.find(it).serialNumber()).toList(),
            asked.asked(session),
            hold);
    RevocationRequest recorded =
        session
            .api()
            .post(
                Resource.of("requests")
                    .with("dryRun", dryRun ? Optional.of(true) : Optional.empty()),
                wanted,
                RevocationRequest.class);
    RequestView.print(session, recorded, output);
    session.note(
        dryRun
            ? "Nothing was changed: this was a dry run."
            : "To revoke: inkan-admin request approve " + recorded.number());
    return ExitStatus.DONE;
  }
}
