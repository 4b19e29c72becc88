package dev.inkan.admin.command.bulk;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.CertificateView;
import dev.inkan.admin.command.Consent;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.command.StoppedException;
import dev.inkan.admin.output.Format;
import dev.inkan.admin.output.Words;
import dev.inkan.core.api.Asked;
import dev.inkan.core.api.BulkPreview;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.NewBulkRevocation;
import dev.inkan.core.api.RequestState;
import java.util.List;
import java.util.function.Function;

/** Writes down a bulk revocation after showing what it would revoke. */
public final class BulkAct {

  private static final Resource BULK = Resource.of("bulk-revocations");
  private static final int SHOWN = 10;
  private static final int UNKNOWN_SHOWN = 20;

  private final Session session;
  private final NewBulkRevocation wanted;

  private BulkAct(Session session, NewBulkRevocation wanted) {
    this.session = session;
    this.wanted = wanted;
  }

  /** Shows, asks, writes down, and runs it where nobody else has to approve it. */
  public static int create(
      Session session,
      Function<Session, NewBulkRevocation> wanted,
      Consent consent,
      OutputOption output) {
    return new BulkAct(session, wanted.apply(session)).create(consent, output);
  }

  private int create(Consent consent, OutputOption output) {
    BulkPreview preview = session.api().post(BULK.with("dryRun", true), wanted, BulkPreview.class);
    requireKnown(preview.unknown());
    tell(preview);
    if (!consent.isGiven(session)) {
      return consent.isDryRun() && !output.isForPeople()
          ? print(preview, output)
          : consent.statusWithout();
    }
    BulkPreview done = session.api().post(BULK, wanted, BulkPreview.class);
    BulkRevocation created =
        done.created()
            .orElseThrow(
                () -> new StoppedException(ExitStatus.FAILED, "the server did not write it down"));
    if (created.state() == RequestState.APPROVED) {
      return BulkView.print(session, BulkRun.toTheEnd(session, created), output);
    }
    session.note(
        "It waits for another operator with the role approver: inkan-admin bulk approve "
            + created.number());
    return BulkView.print(session, created, output);
  }

  /** For programs that asked for a dry run: the certificates themselves. */
  private int print(BulkPreview preview, OutputOption output) {
    return output.list(session, CertificateView.listing(""), List.of(preview.first()));
  }

  private void requireKnown(List<String> unknown) {
    if (unknown.isEmpty()) {
      return;
    }
    String more = unknown.size() > UNKNOWN_SHOWN ? " and more" : "";
    throw new StoppedException(
        ExitStatus.NOT_FOUND,
        unknown.size()
            + " of the list name nothing: "
            + String.join(", ", unknown.subList(0, Math.min(UNKNOWN_SHOWN, unknown.size())))
            + more
            + "; nothing was changed",
        "take them out of the list, or mend them");
  }

  private void tell(BulkPreview preview) {
    Asked asked = wanted.asked();
    session.note(
        "This revokes %s of %s of %s, for good:"
            .formatted(
                counted(preview.certificates(), "certificate"),
                counted(preview.users(), "user"),
                counted(preview.organisations(), "organisation")));
    List<Certificate> shown = preview.first().subList(0, Math.min(SHOWN, preview.first().size()));
    CertificateView.listing("").print(List.of(shown), Format.TABLE, session.notes());
    if (preview.certificates() > shown.size()) {
      session.note("… and " + (preview.certificates() - shown.size()) + " more.");
    }
    if (!preview.alreadyRevoked().isEmpty()) {
      session.note(
          "Left out because they are revoked already: " + preview.alreadyRevoked().size() + ".");
    }
    session.note(
        "Asked by "
            + asked.askedBy()
            + " ("
            + Words.of(asked.channel())
            + "), "
            + Words.of(asked.cause())
            + "; the CRL will say "
            + Words.of(asked.cause().reason())
            + ".");
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
