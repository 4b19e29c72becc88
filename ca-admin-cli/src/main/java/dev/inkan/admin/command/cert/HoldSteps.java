package dev.inkan.admin.command.cert;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.CertificateView;
import dev.inkan.admin.command.ConnectionOptions;
import dev.inkan.admin.command.Consent;
import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.NoteOption;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.SerialArgument;
import dev.inkan.admin.command.SerialLookup;
import dev.inkan.admin.command.Session;
import dev.inkan.core.api.Certificate;
import java.util.function.BiConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What {@code cert hold} and {@code cert release} share: look, rehearse, ask, act. */
final class HoldSteps {

  @Mixin private ConnectionOptions connection;
  @Mixin private NoteOption note;
  @Mixin private Consent consent;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "SERIAL", description = "Its serial number, or the beginning of it.")
  private SerialArgument serial;

  /**
   * Carries {@code verb} out on the named certificate.
   *
   * @param required refuses a certificate whose state does not allow it
   * @param announcement what is about to happen, before its holder is named
   * @return the exit code
   */
  int carryOut(
      Desk desk, String verb, BiConsumer<Certificate, Session> required, String announcement) {
    Session session = connection.open(desk);
    Certificate certificate = new SerialLookup(session.api()).find(serial);
    required.accept(certificate, session);
    Resource act = Resource.of("certificates", certificate.serialNumber(), verb);
    Certificate rehearsed =
        session.api().post(act.with("dryRun", true), note.note(), Certificate.class);
    session.note(announcement);
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
