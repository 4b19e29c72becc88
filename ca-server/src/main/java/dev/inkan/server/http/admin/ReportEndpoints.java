package dev.inkan.server.http.admin;

import dev.inkan.core.api.ActivityReport;
import dev.inkan.core.api.AuditCheckpoint;
import dev.inkan.core.api.AuditLine;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.Mail;
import dev.inkan.core.api.MailState;
import dev.inkan.core.api.Role;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.http.admin.Endpoint.Answer;
import dev.inkan.server.operation.AuditDesk;
import dev.inkan.server.operation.AuditRegister;
import dev.inkan.server.operation.CertificateDesk;
import dev.inkan.server.operation.CertificateSearch;
import dev.inkan.server.operation.MailDesk;
import dev.inkan.server.operation.Outcome;
import dev.inkan.server.operation.Refusal;
import dev.inkan.server.operation.SerialText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Audit log, reports and mails. */
final class ReportEndpoints {

  private static final Duration LAST = Duration.ofDays(30);
  private static final int DAYS = 30;
  private static final int MOST_DAYS = 825;

  private final AuditDesk audit;
  private final CertificateDesk certificates;
  private final MailDesk mails;
  private final Clock clock;

  ReportEndpoints(AuditDesk audit, CertificateDesk certificates, MailDesk mails, Clock clock) {
    this.audit = audit;
    this.certificates = certificates;
    this.mails = mails;
    this.clock = clock;
  }

  List<Endpoint> list() {
    return Stream.of(audit(), reports(), mails()).flatMap(List::stream).toList();
  }

  private List<Endpoint> audit() {
    return List.of(
        Endpoint.get(
                "/audit", "Events, the newest first", Answer.page(AuditLine.class), this::events)
            .onlyFor(Role.AUDITOR)
            .with(
                Parameter.paged(
                    Parameter.text("actor", "only of this name"),
                    Parameter.word("action", AuditAction.class, "only this"),
                    Parameter.text("serial", "only about this certificate"),
                    Parameter.text("user", "only about this user ID"),
                    Parameter.time("from", "not before"),
                    Parameter.time("to", "before"))),
        Endpoint.get(
                "/audit/export",
                "The chained log, one JSON object a line",
                Answer.text("application/x-ndjson"),
                call -> audit.export(call.caller(), call.number("from", 1, Integer.MAX_VALUE, 1)))
            .onlyFor(Role.AUDITOR)
            .with(Parameter.number("from", "number of the first event; 1 if not given")),
        Endpoint.get(
                "/audit/checkpoint",
                "The signed head of the log",
                Answer.of(AuditCheckpoint.class),
                call -> audit.checkpoint())
            .onlyFor(Role.AUDITOR));
  }

  private Outcome<?> events(Call call) {
    Optional<String> serial =
        call.query("serial")
            .map(
                text ->
                    SerialText.parse(text)
                        .map(SerialNumber::toString)
                        .orElseThrow(
                            () ->
                                new InvalidCallException(
                                    Refusal.field("serial", "must be a serial number"))));
    return Outcome.done(
        audit.list(
            new AuditRegister.AuditSearch(
                call.query("actor"),
                call.word("action", AuditAction.class).map(AuditAction::name),
                serial,
                call.query("user"),
                call.time("from"),
                call.time("to")),
            call.paging()));
  }

  private List<Endpoint> reports() {
    Parameter organisation =
        Parameter.text("organisation", "only of the organisation with this number");
    return List.of(
        Endpoint.get(
                "/reports/expiring",
                "Certificates that end soon and are not renewed, the first to end first",
                Answer.page(Certificate.class),
                this::expiring)
            .with(
                Parameter.paged(
                    Parameter.number("days", "in how many, 1-825; 30 if not given"), organisation)),
        Endpoint.get(
                "/reports/undelivered",
                "Certificates that count and whose file nobody fetched (B17)",
                Answer.page(Certificate.class),
                call ->
                    Outcome.done(
                        certificates.list(
                            search(call, Optional.empty(), true, false), call.paging())))
            .with(Parameter.paged(organisation)),
        Endpoint.get(
                "/reports/activity",
                "How often what happened",
                Answer.of(ActivityReport.class),
                this::activity)
            .with(
                Parameter.time("from", "30 days before to if not given"),
                Parameter.time("to", "now if not given")));
  }

  private Outcome<?> expiring(Call call) {
    Instant until = clock.instant().plus(Duration.ofDays(call.number("days", 1, MOST_DAYS, DAYS)));
    return Outcome.done(
        certificates.list(search(call, Optional.of(until), false, true), call.paging()));
  }

  private static CertificateSearch search(
      Call call, Optional<Instant> expiresBefore, boolean undelivered, boolean unrenewed) {
    return new CertificateSearch(
        Optional.of(CertificateKind.SUBSCRIBER),
        Optional.empty(),
        call.query("organisation"),
        Optional.empty(),
        Optional.of(CertificateState.VALID),
        expiresBefore,
        Optional.empty(),
        undelivered,
        unrenewed);
  }

  private Outcome<?> activity(Call call) {
    Instant to = call.time("to").orElseGet(clock::instant);
    return audit.activity(call.time("from").orElseGet(() -> to.minus(LAST)), to);
  }

  private List<Endpoint> mails() {
    return List.of(
        Endpoint.get(
                "/mails",
                "Mails, the newest first; never their text",
                Answer.page(Mail.class),
                call ->
                    Outcome.done(
                        mails.list(
                            call.word("state", MailState.class),
                            call.query("user"),
                            call.paging())))
            .with(
                Parameter.paged(
                    Parameter.word("state", MailState.class, "only in this state"),
                    Parameter.text("user", "only to this user ID"))),
        Endpoint.get(
            "/mails/{number}",
            "One mail",
            Answer.of(Mail.class),
            call -> mails.find(call.number())),
        Endpoint.post(
            "/mails/{number}/retry",
            "Has a waiting mail handed over now",
            Set.of(Role.CLERK),
            Endpoint.Nothing.class,
            Answer.of(Mail.class),
            call -> mails.retry(call.caller(), call.number())));
  }
}
