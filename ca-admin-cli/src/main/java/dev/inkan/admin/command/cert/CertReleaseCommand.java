package dev.inkan.admin.command.cert;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.CertificateView;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Consent;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.Help;
import dev.inkan.admin.command.NoteOption;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.SerialArgument;
import dev.inkan.admin.command.SerialLookup;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Certificate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Releases a certificate from its hold (D1). */
@Command(
    name = "release",
    description = {
      "Releases a certificate from its hold: it counts again.",
      "Shows whose certificate it is, and asks."
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  inkan-admin cert release 7f3a --note \"PC found in the office\"",
      "  inkan-admin cert release 7f3a --yes"
    },
    mixinStandardHelpOptions = true)
final class CertReleaseCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private ConnectionOptions connection;
  @Mixin private NoteOption note;
  @Mixin private Consent consent;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "SERIAL", description = "Its serial number, or the beginning of it.")
  private SerialArgument serial;

  CertReleaseCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    Session session = connection.open(desk);
    Certificate certificate = new SerialLookup(session.api()).find(serial);
    CertificateStanding.requireHeld(certificate, session.times());
    Resource act = Resource.of("certificates", certificate.serialNumber(), "release");
    Certificate rehearsed =
        session.api().post(act.with("dryRun", true), note.note(), Certificate.class);
    session.note("This releases a certificate; its holder can log in again:");
    session.note("  - " + CertificateView.described(certificate, session.times()));
    if (!consent.isGiven(session)) {
      return consent.isDryRun() && !output.isForPeople()
          ? print(session, rehearsed)
          : consent.statusWithout();
    }
    return print(session, session.api().post(act, note.note(), Certificate.class));
  }

  private int print(Session session, Certificate certificate) {
    return output.one(
        session,
        certificate,
        CertificateView.listing(""),
        paper -> paper.out().println(CertificateStanding.sentence(certificate, session.times())));
  }
}
