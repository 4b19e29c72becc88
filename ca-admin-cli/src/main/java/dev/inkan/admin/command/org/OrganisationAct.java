package dev.inkan.admin.command.org;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.CertificateView;
import dev.inkan.admin.command.Consent;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Format;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Words;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.Note;
import dev.inkan.core.api.OrganisationChange;
import java.util.List;
import java.util.Optional;

/** What is the same where an organisation is suspended, resumed or closed. */
final class OrganisationAct {

  private static final int SHOWN = 10;

  private final Session session;
  private final Consent consent;
  private final OutputOption output;

  OrganisationAct(Session session, Consent consent, OutputOption output) {
    this.session = session;
    this.consent = consent;
    this.output = output;
  }

  /**
   * Shows, asks and does it.
   *
   * @param verb the last part of the path
   * @param changes what it means, a line each
   */
  int perform(String number, String verb, Note note, List<String> changes) {
    Resource act = Resource.of("organisations", number, verb);
    OrganisationChange rehearsed =
        session.api().post(act.with("dryRun", true), note, OrganisationChange.class);
    tell(rehearsed, changes);
    if (!consent.isGiven(session)) {
      return consent.isDryRun() && !output.isForPeople()
          ? print(rehearsed)
          : consent.statusWithout();
    }
    return print(session.api().post(act, note, OrganisationChange.class));
  }

  private void tell(OrganisationChange change, List<String> changes) {
    session.note("About " + OrganisationView.named(change.organisation()) + ":");
    changes.forEach(it -> session.note("  - " + it));
    if (change.sessionsEnded() + change.applicationsCancelled() > 0) {
      session.note(
          "  - "
              + change.sessionsEnded()
              + " sessions end, "
              + change.applicationsCancelled()
              + " applications are cancelled");
    }
    List<Certificate> valid = change.validCertificates();
    if (!valid.isEmpty()) {
      session.note("Not revoked; the gateways go on letting these in:");
      CertificateView.listing("")
          .print(
              List.of(valid.subList(0, Math.min(SHOWN, valid.size()))),
              Format.TABLE,
              session.notes());
      session.note(
          "To revoke them as well: inkan-admin cert revoke --org "
              + change.organisation().number()
              + " --help");
    }
  }

  private int print(OrganisationChange change) {
    return output.one(
        session,
        change,
        new Listing<>(
            List.of(
                Column.text("number", it -> it.organisation().number()),
                Column.text("name", it -> it.organisation().name()),
                Column.word("state", it -> Optional.of(it.organisation().state())),
                Column.number("sessions-ended", OrganisationChange::sessionsEnded),
                Column.number("applications-cancelled", OrganisationChange::applicationsCancelled),
                Column.number("valid-certificates", it -> it.organisation().validCertificates())),
            ""),
        paper ->
            paper
                .out()
                .println(
                    "organisation "
                        + OrganisationView.named(change.organisation())
                        + ": "
                        + Words.of(change.organisation().state())));
  }
}
