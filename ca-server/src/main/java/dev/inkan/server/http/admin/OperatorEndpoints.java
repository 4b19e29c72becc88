package dev.inkan.server.http.admin;

import dev.inkan.core.api.IssuedCredential;
import dev.inkan.core.api.NewOperator;
import dev.inkan.core.api.Note;
import dev.inkan.core.api.Operator;
import dev.inkan.core.api.Role;
import dev.inkan.server.http.admin.Endpoint.Answer;
import dev.inkan.server.operation.Operators;
import dev.inkan.server.operation.Outcome;
import java.util.List;
import java.util.Set;

/** The bank's staff (D5). */
final class OperatorEndpoints {

  private static final String ONE = "/operators/{name}";
  private static final String NAME = "name";

  private final Operators operators;

  OperatorEndpoints(Operators operators) {
    this.operators = operators;
  }

  List<Endpoint> list() {
    return List.of(
        Endpoint.get(
                "/operators",
                "Operators in the order of their names",
                Answer.page(Operator.class),
                call -> Outcome.done(operators.list(call.paging())))
            .with(Parameter.paged()),
        Endpoint.post(
                "/operators",
                "Adds an operator with a credential, which is shown this once",
                Set.of(Role.ADMINISTRATOR),
                NewOperator.class,
                Answer.created(IssuedCredential.class),
                call ->
                    operators.add(
                        call.caller().actor(), call.body(NewOperator.class), call.dryRun()))
            .withDryRun(),
        Endpoint.get(
            ONE,
            "One operator",
            Answer.of(Operator.class),
            call -> operators.find(call.path(NAME))),
        Endpoint.post(
                ONE + "/disable",
                "Keeps an operator out from the next request on",
                Set.of(Role.ADMINISTRATOR),
                Note.class,
                Answer.of(Operator.class),
                call ->
                    operators.disable(
                        call.caller().actor(),
                        call.path(NAME),
                        call.body(Note.class).note(),
                        call.dryRun()))
            .withDryRun(),
        Endpoint.post(
            ONE + "/renew",
            "Another credential, which is shown this once; one's own, or an administrator any",
            Endpoint.ANY,
            Endpoint.Nothing.class,
            Answer.created(IssuedCredential.class),
            call -> operators.renew(call.caller(), call.path(NAME))));
  }
}
