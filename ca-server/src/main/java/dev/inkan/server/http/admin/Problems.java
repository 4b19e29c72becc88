package dev.inkan.server.http.admin;

import dev.inkan.core.api.Problem;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.certificate.UnavailableException;
import dev.inkan.core.store.JournalUnavailableException;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.http.request.RequestNumber;
import dev.inkan.server.operation.Refusal;
import dev.inkan.server.operation.RefusalLog;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that is not done, told as RFC 9457 wants it, with a number that the log has too. What
 * the log says of a failure the operator never sees. Thread-safe.
 */
final class Problems {

  static final String CONTENT_TYPE = "application/problem+json";
  static final String NUMBER_HEADER = "Inkan-Request";

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** What the audit log is to know; the rest is a slip of the hand. */
  private static final Set<ProblemType> AUDITED =
      Set.of(
          ProblemType.NOT_AN_OPERATOR,
          ProblemType.CREDENTIAL_EXPIRED,
          ProblemType.CREDENTIAL_REVOKED,
          ProblemType.OPERATOR_DISABLED,
          ProblemType.ROLE_MISSING,
          ProblemType.OWN_REQUEST,
          ProblemType.SECOND_OPERATOR_REQUIRED,
          ProblemType.WRONG_STATE,
          ProblemType.TAKEN);

  private final RefusalLog refusals;
  private final RecordJson json;

  Problems(RefusalLog refusals, RecordJson json) {
    this.refusals = refusals;
    this.json = json;
  }

  /** Tells the request's number, whatever becomes of it. */
  void number(Context ctx) {
    ctx.header(NUMBER_HEADER, RequestNumber.current());
    ctx.header("Cache-Control", "no-store");
    ctx.header("X-Content-Type-Options", "nosniff");
  }

  void register(RoutesConfig routes) {
    routes.exception(HttpResponseException.class, (e, ctx) -> show(ctx, ofStatus(e.getStatus())));
    routes.exception(StoreUnavailableException.class, this::unavailable);
    routes.exception(JournalUnavailableException.class, this::unavailable);
    routes.exception(UnavailableException.class, this::unavailable);
    routes.exception(Exception.class, this::unexpected);
  }

  /** Says no, and writes down to whom. */
  void refuse(Context ctx, Endpoint endpoint, Actor actor, Refusal refusal) {
    if (AUDITED.contains(refusal.type())) {
      refusals.refused(actor, endpoint.method().name() + " " + endpoint.path(), refusal.type());
    }
    LOG.info("{} {} by {}: {}", endpoint.method(), endpoint.path(), actor.name(), refusal.type());
    show(ctx, refusal);
  }

  private void unavailable(Exception e, Context ctx) {
    LOG.error("{}: {}", ctx.method(), e.getMessage());
    show(
        ctx,
        Refusal.of(
            ProblemType.UNAVAILABLE,
            "database, journal or the CA's key cannot be reached",
            "Repeat in a moment; the server's log says more."));
  }

  private void unexpected(Exception e, Context ctx) {
    LOG.error("{} failed", ctx.method(), e);
    show(
        ctx,
        Refusal.of(
            ProblemType.FAILED,
            "it may have been done in part; look before repeating",
            "Give the server's administrator the request's number."));
  }

  private void show(Context ctx, Refusal refusal) {
    ctx.status(refusal.type().status())
        .contentType(CONTENT_TYPE)
        .result(json.write(problem(refusal, RequestNumber.current())));
  }

  static Problem problem(Refusal refusal, String number) {
    return new Problem(
        refusal.type().uri(),
        refusal.type().title(),
        refusal.type().status(),
        refusal.detail(),
        number,
        refusal.tryNext(),
        refusal.fields());
  }

  /** What HTTP itself refuses. */
  static Refusal ofStatus(int status) {
    return switch (status) {
      case 404 ->
          Refusal.of(ProblemType.NOT_FOUND, "there is no such address", "See /api/v1/openapi.json");
      case 405 ->
          Refusal.of(
              ProblemType.METHOD_NOT_ALLOWED,
              "this address takes another method",
              "See /api/v1/openapi.json");
      case 413 -> Refusal.of(ProblemType.TOO_LARGE, "the body is longer than the server takes");
      case 414, 431 -> Refusal.of(ProblemType.HEADER_TOO_LARGE, "the header is too long");
      case 503 -> Refusal.of(ProblemType.BUSY, "too many requests", "Repeat in a moment.");
      default ->
          status >= 500
              ? Refusal.of(ProblemType.FAILED, "the server could not answer")
              : Refusal.of(ProblemType.MALFORMED_REQUEST, "this is no request for this server");
    };
  }
}
