package dev.inkan.admin.command.cert;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.CertificateView;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.EnumWords;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.Moment;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.PageOptions;
import dev.inkan.admin.command.SerialArgument;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.certificate.CertificateKind;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds certificates (D1). */
@Command(
    name = "list",
    description =
        "Finds certificates by user, organisation, serial number, state or expiry; newest first.",
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin cert list --user yamada01",
      "  inkan-admin cert list --org 0012 --state good --all --output csv > certificates.csv",
      "  inkan-admin cert list --expires-before 2026-12-31"
    },
    mixinStandardHelpOptions = true)
final class CertListCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private PageOptions pages;
  @Mixin private OutputOption output;

  @Option(names = "--user", paramLabel = "ID", description = "Only this user's.")
  private @Nullable String user;

  @Option(names = "--org", paramLabel = "NUMBER", description = "Only this organisation's.")
  private @Nullable String organisation;

  @Option(names = "--serial", paramLabel = "SERIAL", description = "Only those that begin so.")
  private @Nullable SerialArgument serial;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = EnumWords.CertificateStates.class,
      description = "Only good, expired, revoked, held, abandoned or prepared ones.")
  private @Nullable CertificateState state;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      completionCandidates = EnumWords.Kinds.class,
      description = "Of this kind (otherwise subscriber): ${COMPLETION-CANDIDATES}.")
  private @Nullable CertificateKind kind;

  @Option(
      names = "--expires-before",
      paramLabel = "TIME",
      description = "Only those that end before then: 2026-12-31.")
  private @Nullable Moment expiresBefore;

  @Option(
      names = "--expires-after",
      paramLabel = "TIME",
      description = "Only those that end after then.")
  private @Nullable Moment expiresAfter;

  CertListCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Resource wanted =
        Resource.of("certificates")
            .with("user", Optional.ofNullable(user))
            .with("organisation", Optional.ofNullable(organisation))
            .with("serial", Optional.ofNullable(serial).map(SerialArgument::beginning))
            .with("state", Optional.ofNullable(state))
            .with("kind", Optional.ofNullable(kind))
            .with("expiresBefore", Optional.ofNullable(expiresBefore).map(it -> it.in(session)))
            .with("expiresAfter", Optional.ofNullable(expiresAfter).map(it -> it.in(session)));
    return output.list(
        session,
        CertificateView.listing("No certificate fits."),
        pages.of(session, wanted, Certificate.class));
  }
}
