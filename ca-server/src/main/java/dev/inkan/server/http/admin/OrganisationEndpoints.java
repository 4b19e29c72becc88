package dev.inkan.server.http.admin;

import dev.inkan.core.api.LockEnd;
import dev.inkan.core.api.Master;
import dev.inkan.core.api.MasterInitialisation;
import dev.inkan.core.api.NewOrganisation;
import dev.inkan.core.api.Note;
import dev.inkan.core.api.Organisation;
import dev.inkan.core.api.OrganisationAdded;
import dev.inkan.core.api.OrganisationChange;
import dev.inkan.core.api.OrganisationState;
import dev.inkan.core.api.Role;
import dev.inkan.server.http.admin.Endpoint.Answer;
import dev.inkan.server.operation.Caller;
import dev.inkan.server.operation.MasterDesk;
import dev.inkan.server.operation.OrganisationDesk;
import dev.inkan.server.operation.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Organisations and their master users. */
final class OrganisationEndpoints {

  private static final String ONE = "/organisations/{number}";
  private static final String NUMBER = "number";

  private final OrganisationDesk desk;
  private final MasterDesk masters;

  OrganisationEndpoints(OrganisationDesk desk, MasterDesk masters) {
    this.desk = desk;
    this.masters = masters;
  }

  List<Endpoint> list() {
    return List.of(
        Endpoint.get(
                "/organisations",
                "Organisations in the order of their numbers",
                Answer.page(Organisation.class),
                call ->
                    Outcome.done(
                        desk.list(call.word("state", OrganisationState.class), call.paging())))
            .with(
                Parameter.paged(
                    Parameter.word("state", OrganisationState.class, "only in this state"))),
        Endpoint.post(
                "/organisations",
                "Registers an organisation and writes the letter to its master user (C1)",
                Set.of(Role.CLERK),
                NewOrganisation.class,
                Answer.created(OrganisationAdded.class),
                call -> desk.add(call.caller(), call.body(NewOrganisation.class), call.dryRun()))
            .withDryRun(),
        Endpoint.get(
            ONE,
            "One organisation",
            Answer.of(Organisation.class),
            call -> desk.find(call.path(NUMBER))),
        act("suspend", "Keeps everybody of it out until it is resumed", desk::suspend),
        act("resume", "Ends a suspension", desk::resume),
        act("close", "Keeps everybody of it out for good", desk::close),
        Endpoint.get(
            ONE + "/master",
            "How its master user stands",
            Answer.of(Master.class),
            call -> masters.find(call.path(NUMBER))),
        Endpoint.post(
                ONE + "/master/initialise",
                "Writes a new letter; the old password stops at once (C3)",
                Set.of(Role.CLERK),
                Endpoint.Nothing.class,
                Answer.of(MasterInitialisation.class),
                call -> masters.initialise(call.caller(), call.path(NUMBER), call.dryRun()))
            .withDryRun(),
        Endpoint.post(
            ONE + "/master/unlock",
            "Ends a lock of the master user or the letter (B10)",
            Set.of(Role.CLERK),
            Endpoint.Nothing.class,
            Answer.of(LockEnd.class),
            call -> masters.unlock(call.caller(), call.path(NUMBER))),
        Endpoint.post(
            ONE + "/master/unblock",
            "Ends a block of the master user or the letter (B10)",
            Set.of(Role.CLERK),
            Endpoint.Nothing.class,
            Answer.of(LockEnd.class),
            call -> masters.unblock(call.caller(), call.path(NUMBER))));
  }

  @FunctionalInterface
  private interface Change {
    Outcome<OrganisationChange> by(
        Caller caller, String number, Optional<String> note, boolean dryRun);
  }

  private static Endpoint act(String verb, String summary, Change change) {
    return Endpoint.post(
            ONE + "/" + verb,
            summary,
            Set.of(Role.ADMINISTRATOR),
            Note.class,
            Answer.of(OrganisationChange.class),
            call ->
                change.by(
                    call.caller(), call.path(NUMBER), call.body(Note.class).note(), call.dryRun()))
        .withDryRun();
  }
}
