package dev.inkan.server.http.admin;

import dev.inkan.core.api.AccountState;
import dev.inkan.core.api.Role;
import dev.inkan.core.api.User;
import dev.inkan.core.api.UserDetails;
import dev.inkan.server.http.admin.Endpoint.Answer;
import dev.inkan.server.operation.Outcome;
import dev.inkan.server.operation.PeopleRegister;
import dev.inkan.server.operation.UserDesk;
import java.util.List;
import java.util.Set;

/** Users of all organisations. */
final class UserEndpoints {

  private static final String ONE = "/users/{userId}";
  private static final String USER_ID = "userId";

  private final UserDesk desk;

  UserEndpoints(UserDesk desk) {
    this.desk = desk;
  }

  List<Endpoint> list() {
    return List.of(
        Endpoint.get(
                "/users",
                "Users in the order of their user IDs",
                Answer.page(User.class),
                this::search)
            .with(
                Parameter.paged(
                    Parameter.text("organisation", "only of the organisation with this number"),
                    Parameter.text("text", "what user ID, name or mail address holds"),
                    Parameter.word("state", AccountState.class, "only in this state"))),
        Endpoint.get(
            ONE,
            "One user with certificates and last mails",
            Answer.of(UserDetails.class),
            call -> desk.find(call.path(USER_ID))),
        Endpoint.post(
            ONE + "/unlock",
            "Ends a lock (B10)",
            Set.of(Role.CLERK),
            Endpoint.Nothing.class,
            Answer.of(User.class),
            call -> desk.unlock(call.caller(), call.path(USER_ID))),
        Endpoint.post(
            ONE + "/unblock",
            "Ends a block (B10)",
            Set.of(Role.CLERK),
            Endpoint.Nothing.class,
            Answer.of(User.class),
            call -> desk.unblock(call.caller(), call.path(USER_ID))));
  }

  private Outcome<?> search(Call call) {
    return Outcome.done(
        desk.list(
            new PeopleRegister.UserSearch(
                call.query("organisation"),
                call.query("text"),
                call.word("state", AccountState.class)),
            call.paging()));
  }
}
