package dev.inkan.admin.command.cert;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.CertificateView;
import dev.inkan.admin.command.Consent;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.SerialArgument;
import dev.inkan.admin.command.SerialLookup;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Words;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.Revoke;

/** The revocation of one certificate, from the serial number typed to the word that it is done. */
final class SingleRevocation {

  private final Session session;
  private final Consent consent;
  private final OutputOption output;

  SingleRevocation(Session session, Consent consent, OutputOption output) {
    this.session = session;
    this.consent = consent;
    this.output = output;
  }

  int perform(SerialArgument serial, Revoke revoke) {
    Certificate certificate = new SerialLookup(session.api()).find(serial);
    CertificateStanding.requireUnrevoked(certificate, session.times());
    Resource act = Resource.of("certificates", certificate.serialNumber(), "revoke");
    // The server's objections come before the question, not after it.
    Certificate rehearsed = session.api().post(act.with("dryRun", true), revoke, Certificate.class);
    tell(rehearsed, revoke);
    if (!consent.isGiven(session)) {
      return consent.isDryRun() && !output.isForPeople()
          ? print(rehearsed)
          : consent.statusWithout();
    }
    return print(session.api().post(act, revoke, Certificate.class));
  }

  private void tell(Certificate certificate, Revoke revoke) {
    session.note("This revokes a certificate, for good:");
    session.note("  - " + CertificateView.described(certificate, session.times()));
    session.note("  - with the reason " + Words.of(revoke.reason()));
    revoke
        .invalidityDate()
        .ifPresent(at -> session.note("  - lost at " + session.times().minute(at)));
  }

  private int print(Certificate revoked) {
    return output.one(
        session,
        revoked,
        CertificateView.listing(""),
        paper -> paper.out().println(CertificateStanding.sentence(revoked, session.times())));
  }
}
