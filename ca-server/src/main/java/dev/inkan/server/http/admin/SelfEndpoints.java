package dev.inkan.server.http.admin;

import dev.inkan.core.api.Self;
import dev.inkan.server.http.admin.Endpoint.Answer;
import dev.inkan.server.operation.Caller;
import dev.inkan.server.operation.Outcome;
import java.util.List;

/** Who asks. */
final class SelfEndpoints {

  private final AdminApplication.Setting setting;

  SelfEndpoints(AdminApplication.Setting setting) {
    this.setting = setting;
  }

  List<Endpoint> list() {
    return List.of(
        Endpoint.get(
            "/self",
            "Who asks, and what the installation is like",
            Answer.of(Self.class),
            this::self));
  }

  private Outcome<?> self(Call call) {
    Caller caller = call.caller();
    return Outcome.done(
        new Self(
            caller.name(),
            caller.displayName(),
            caller.roles().stream().sorted().toList(),
            caller.credentialNotAfter(),
            setting.zone().getId(),
            setting.secondOperator(),
            setting.version()));
  }
}
