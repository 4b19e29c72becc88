package dev.inkan.admin.command.operator;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.EnumWords;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.IssuedCredential;
import dev.inkan.core.api.NewOperator;
import dev.inkan.core.api.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds an operator (D5). */
@Command(
    name = "add",
    description = {
      "Adds an operator with a key and certificate of their own, written to a PKCS#12 file.",
      "Roles: clerk (organisations, users, requests, revocations), approver (decides on others' requests), auditor (reads the audit log), administrator (operators, CRLs, the CA)."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin operator add kimura --display-name \"木村 花子\" --role clerk",
      "  inkan-admin operator add ono --display-name \"小野 進\" --role approver --role auditor --file ono.p12"
    },
    mixinStandardHelpOptions = true)
final class OperatorAddCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "NAME", description = "How the audit log calls the operator.")
  private String name;

  @Option(
      names = "--display-name",
      paramLabel = "NAME",
      required = true,
      order = 10,
      description = "The person's name.")
  private String displayName;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      order = 11,
      completionCandidates = EnumWords.Roles.class,
      description = "clerk, approver, auditor or administrator; may be repeated.")
  private List<Role> roles;

  @Option(
      names = "--file",
      paramLabel = "FILE.p12",
      order = 12,
      description = "Where the credential goes (otherwise NAME.p12).")
  private @Nullable Path file;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      order = 13,
      description = "Where its passphrase goes (otherwise it is shown).")
  private @Nullable Path passphraseFile;

  @Option(names = "--dry-run", order = 61, description = "Says what it would do, and does nothing.")
  private boolean dryRun;

  OperatorAddCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    NewOperator wanted = new NewOperator(name, displayName, roles);
    if (dryRun) {
      IssuedCredential rehearsed =
          session
              .api()
              .post(Resource.of("operators").with("dryRun", true), wanted, IssuedCredential.class);
      session.note("This would add " + OperatorView.described(rehearsed.operator()) + ".");
      session.note("Nothing was changed: this was a dry run.");
      return ExitStatus.DONE;
    }
    Path target = file == null ? Path.of(name.replaceAll("[^a-z0-9._-]", "_") + ".p12") : file;
    try (CredentialDelivery delivery =
        CredentialDelivery.reserve(session, target, passphraseFile)) {
      IssuedCredential issued =
          session.api().post(Resource.of("operators"), wanted, IssuedCredential.class);
      return delivery.deliver(issued, output);
    }
  }
}
