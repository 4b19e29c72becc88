package dev.inkan.admin.command.mail;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.EnumWords;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.MailView;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.PageOptions;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Mail;
import dev.inkan.core.api.MailState;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists mails. */
@Command(
    name = "list",
    description =
        "Lists what became of mails to users, the newest first: to whom, what kind, how often tried. Never their text.",
    footerHeading = Help.EXAMPLES,
    footer = {"  inkan-admin mail list --user yamada01", "  inkan-admin mail list --state refused"},
    mixinStandardHelpOptions = true)
final class MailListCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private PageOptions pages;
  @Mixin private OutputOption output;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = EnumWords.MailStates.class,
      description = "Only queued, sent, refused or dropped ones.")
  private @Nullable MailState state;

  @Option(names = "--user", paramLabel = "ID", description = "Only mails to this user.")
  private @Nullable String user;

  MailListCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Resource wanted =
        Resource.of("mails")
            .with("state", Optional.ofNullable(state))
            .with("user", Optional.ofNullable(user));
    return output.list(
        session, MailView.listing("No mail fits."), pages.of(session, wanted, Mail.class));
  }
}
