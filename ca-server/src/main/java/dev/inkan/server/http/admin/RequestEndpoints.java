package dev.inkan.server.http.admin;

import dev.inkan.core.api.BulkPreview;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.ItemState;
import dev.inkan.core.api.NewBulkRevocation;
import dev.inkan.core.api.NewRevocationRequest;
import dev.inkan.core.api.Note;
import dev.inkan.core.api.RequestItem;
import dev.inkan.core.api.RequestState;
import dev.inkan.core.api.RevocationRequest;
import dev.inkan.core.api.Role;
import dev.inkan.server.http.admin.Endpoint.Answer;
import dev.inkan.server.operation.BulkDesk;
import dev.inkan.server.operation.Caller;
import dev.inkan.server.operation.Outcome;
import dev.inkan.server.operation.RequestDesk;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Requests to revoke, for one user and in bulk (D1, D3). */
final class RequestEndpoints {

  private static final String ONE = "/requests/{number}";
  private static final String BULK = "/bulk-revocations/{number}";
  private static final int AT_ONCE = 100;
  private static final int MOST_AT_ONCE = 1_000;

  private final RequestDesk desk;
  private final BulkDesk bulk;

  RequestEndpoints(RequestDesk desk, BulkDesk bulk) {
    this.desk = desk;
    this.bulk = bulk;
  }

  List<Endpoint> list() {
    return Stream.concat(requests().stream(), bulk().stream()).toList();
  }

  private List<Endpoint> requests() {
    return List.of(
        Endpoint.get(
                "/requests",
                "Requests, the newest first",
                Answer.page(RevocationRequest.class),
                call ->
                    Outcome.done(
                        desk.list(
                            call.word("state", RequestState.class),
                            call.query("user"),
                            call.query("organisation"),
                            call.paging())))
            .with(
                Parameter.paged(
                    Parameter.word("state", RequestState.class, "only in this state"),
                    Parameter.text("user", "only about this user ID"),
                    Parameter.text("organisation", "only of the organisation with this number"))),
        Endpoint.post(
                "/requests",
                "Records an organisation's request (D3)",
                Set.of(Role.CLERK),
                NewRevocationRequest.class,
                Answer.created(RevocationRequest.class),
                call ->
                    desk.add(call.caller(), call.body(NewRevocationRequest.class), call.dryRun()))
            .withDryRun(),
        Endpoint.get(
            ONE,
            "One request",
            Answer.of(RevocationRequest.class),
            call -> desk.find(call.number())),
        decision(
                ONE + "/approve", "Approves, which revokes", RevocationRequest.class, desk::approve)
            .onlyFor(Role.CLERK, Role.APPROVER),
        decision(ONE + "/reject", "Rejects, which releases", RevocationRequest.class, desk::reject)
            .onlyFor(Role.CLERK, Role.APPROVER));
  }

  private List<Endpoint> bulk() {
    return List.of(
        Endpoint.get(
                "/bulk-revocations",
                "Bulk revocations, the newest first",
                Answer.page(BulkRevocation.class),
                call ->
                    Outcome.done(bulk.list(call.word("state", RequestState.class), call.paging())))
            .with(
                Parameter.paged(Parameter.word("state", RequestState.class, "only in this state"))),
        Endpoint.post(
                "/bulk-revocations",
                "Says what would be revoked, and writes it down",
                Set.of(Role.CLERK),
                NewBulkRevocation.class,
                Answer.created(BulkPreview.class),
                call -> bulk.add(call.caller(), call.body(NewBulkRevocation.class), call.dryRun()))
            .withDryRun(),
        Endpoint.get(
            BULK,
            "One bulk revocation and how far it is",
            Answer.of(BulkRevocation.class),
            call -> bulk.find(call.number())),
        Endpoint.get(
                BULK + "/items",
                "Its certificates in the order given",
                Answer.page(RequestItem.class),
                call ->
                    bulk.items(call.number(), call.word("state", ItemState.class), call.paging()))
            .with(Parameter.paged(Parameter.word("state", ItemState.class, "only in this state"))),
        decision(
            BULK + "/approve",
            "Approves; nothing is revoked yet",
            BulkRevocation.class,
            bulk::approve),
        decision(BULK + "/reject", "Rejects", BulkRevocation.class, bulk::reject),
        Endpoint.post(
                BULK + "/run",
                "Revokes the next; to be repeated until nothing is pending",
                Set.of(Role.CLERK, Role.APPROVER),
                Endpoint.Nothing.class,
                Answer.of(BulkRevocation.class),
                call ->
                    bulk.run(
                        call.caller(), call.number(), call.number("max", 1, MOST_AT_ONCE, AT_ONCE)))
            .with(Parameter.number("max", "how many at most, 1-1000; 100 if not given")));
  }

  @FunctionalInterface
  private interface Decision {
    Outcome<?> by(Caller caller, long number, Optional<String> note);
  }

  private static Endpoint decision(
      String path, String summary, Class<?> answer, Decision decision) {
    return Endpoint.post(
        path,
        summary,
        Set.of(Role.APPROVER),
        Note.class,
        Answer.of(answer),
        call -> decision.by(call.caller(), call.number(), call.body(Note.class).note()));
  }
}
