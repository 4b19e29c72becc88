package dev.inkan.server.http.admin;

import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.Note;
import dev.inkan.core.api.Revoke;
import dev.inkan.core.api.Role;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.http.admin.Endpoint.Answer;
import dev.inkan.server.operation.Caller;
import dev.inkan.server.operation.CertificateDesk;
import dev.inkan.server.operation.CertificateSearch;
import dev.inkan.server.operation.Outcome;
import dev.inkan.server.operation.Refusal;
import dev.inkan.server.operation.SerialText;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Certificates: looked up, revoked, held, released (D1). */
final class CertificateEndpoints {

  private static final String ONE = "/certificates/{serial}";

  private final CertificateDesk desk;

  CertificateEndpoints(CertificateDesk desk) {
    this.desk = desk;
  }

  List<Endpoint> list() {
    return List.of(
        Endpoint.get(
                "/certificates",
                "Certificates, the newest first",
                Answer.page(Certificate.class),
                this::search)
            .with(
                Parameter.paged(
                    Parameter.text("user", "only of this user ID"),
                    Parameter.text("organisation", "only of the organisation with this number"),
                    Parameter.text("serial", "how the serial number begins"),
                    Parameter.word("state", CertificateState.class, "only in this state"),
                    Parameter.word("kind", CertificateKind.class, "SUBSCRIBER if not given"),
                    Parameter.time("expiresBefore", "whose validity ends before"),
                    Parameter.time("expiresAfter", "whose validity ends after"))),
        Endpoint.get(
            ONE, "One certificate", Answer.of(Certificate.class), call -> desk.find(call.serial())),
        Endpoint.get(
            ONE + "/certificate.pem",
            "The certificate itself",
            Answer.text("application/x-pem-file"),
            call -> desk.pem(call.serial())),
        Endpoint.post(
                ONE + "/revoke",
                "Revokes it for ever",
                Set.of(Role.CLERK),
                Revoke.class,
                Answer.of(Certificate.class),
                call ->
                    desk.revoke(
                        call.caller(), call.serial(), call.body(Revoke.class), call.dryRun()))
            .withDryRun(),
        act("hold", "Puts it on hold", desk::hold),
        act("release", "Ends a hold", desk::release));
  }

  @FunctionalInterface
  private interface Change {
    Outcome<Certificate> by(
        Caller caller, SerialNumber serialNumber, Optional<String> note, boolean dryRun);
  }

  private static Endpoint act(String verb, String summary, Change change) {
    return Endpoint.post(
            ONE + "/" + verb,
            summary,
            Set.of(Role.CLERK),
            Note.class,
            Answer.of(Certificate.class),
            call ->
                change.by(
                    call.caller(), call.serial(), call.body(Note.class).note(), call.dryRun()))
        .withDryRun();
  }

  private Outcome<?> search(Call call) {
    Optional<String> serial =
        call.query("serial")
            .map(
                text ->
                    SerialText.beginning(text)
                        .orElseThrow(
                            () ->
                                new InvalidCallException(
                                    Refusal.field("serial", "must be hexadecimal"))));
    return Outcome.done(
        desk.list(
            new CertificateSearch(
                call.word("kind", CertificateKind.class)
                    .or(() -> Optional.of(CertificateKind.SUBSCRIBER)),
                call.query("user"),
                call.query("organisation"),
                serial,
                call.word("state", CertificateState.class),
                call.time("expiresBefore"),
                call.time("expiresAfter"),
                false,
                false),
            call.paging()));
  }
}
