package dev.inkan.server.http.admin;

import dev.inkan.core.api.Authority;
import dev.inkan.core.api.Crl;
import dev.inkan.core.api.CrlDifference;
import dev.inkan.core.api.Role;
import dev.inkan.server.http.admin.Endpoint.Answer;
import dev.inkan.server.operation.AuthorityDesk;
import dev.inkan.server.operation.Outcome;
import java.util.List;
import java.util.Set;

/** The CA itself and its CRLs. */
final class AuthorityEndpoints {

  private final AuthorityDesk desk;

  AuthorityEndpoints(AuthorityDesk desk) {
    this.desk = desk;
  }

  List<Endpoint> list() {
    return List.of(
        Endpoint.get(
            "/authority",
            "The CA, its responder and its servers",
            Answer.of(Authority.class),
            call -> Outcome.done(desk.authority())),
        Endpoint.post(
            "/authority/renew-responder",
            "Renews the OCSP responder's certificate now",
            Set.of(Role.ADMINISTRATOR),
            Endpoint.Nothing.class,
            Answer.of(Authority.class),
            call -> desk.renewResponder(call.caller())),
        Endpoint.get("/crls", "The published CRLs", Answer.page(Crl.class), call -> desk.crls()),
        Endpoint.post(
            "/crls/publish",
            "Publishes a full CRL now",
            Set.of(Role.ADMINISTRATOR),
            Endpoint.Nothing.class,
            Answer.page(Crl.class),
            call -> desk.publish(call.caller())),
        Endpoint.get(
            "/crls/difference",
            "What ledger and published CRL disagree about",
            Answer.of(CrlDifference.class),
            call -> desk.difference()));
  }
}
