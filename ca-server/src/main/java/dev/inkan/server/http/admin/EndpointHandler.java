package dev.inkan.server.http.admin;

import dev.inkan.core.api.ProblemType;
import dev.inkan.core.certificate.Der;
import dev.inkan.server.operation.AuditArchive;
import dev.inkan.server.operation.Caller;
import dev.inkan.server.operation.Identification;
import dev.inkan.server.operation.InvalidCursorException;
import dev.inkan.server.operation.OperatorGate;
import dev.inkan.server.operation.Outcome;
import dev.inkan.server.operation.Refusal;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets an operator through whose certificate and role allow it, and answers. */
final class EndpointHandler implements Handler {

  private static final String CHAIN = "jakarta.servlet.request.X509Certificate";

  private final Endpoint endpoint;
  private final OperatorGate gate;
  private final Problems problems;
  private final RecordJson json;

  EndpointHandler(Endpoint endpoint, OperatorGate gate, Problems problems, RecordJson json) {
    this.endpoint = endpoint;
    this.gate = gate;
    this.problems = problems;
    this.json = json;
  }

  @Override
  public void handle(Context ctx) throws IOException {
    Identification shown = gate.identify(certificate(ctx));
    if (shown instanceof Identification.Refused refused) {
      problems.refuse(ctx, endpoint, refused.actor(), refused.refusal());
      return;
    }
    Caller caller = ((Identification.Admitted) shown).caller();
    if (!caller.hasOneOf(endpoint.roles())) {
      problems.refuse(ctx, endpoint, caller.actor(), roleMissing());
      return;
    }
    try {
      answer(ctx, caller, act(ctx, caller));
    } catch (InvalidCallException e) {
      problems.refuse(ctx, endpoint, caller.actor(), e.refusal());
    } catch (InvalidCursorException e) {
      problems.refuse(
          ctx,
          endpoint,
          caller.actor(),
          Refusal.field("after", "must be the next of the page before"));
    }
  }

  private Outcome<?> act(Context ctx, Caller caller) {
    Call call = new Call(ctx, caller, endpoint, json);
    if (endpoint.body() == Endpoint.Nothing.class && endpoint.method().equals(HandlerType.POST)) {
      Endpoint.Nothing unused = call.body(Endpoint.Nothing.class);
    }
    return endpoint.action().act(call);
  }

  private void answer(Context ctx, Caller caller, Outcome<?> outcome) throws IOException {
    if (outcome instanceof Outcome.Refused<?> refused) {
      problems.refuse(ctx, endpoint, caller.actor(), refused.refusal());
      return;
    }
    Object value = ((Outcome.Done<?>) outcome).value();
    ctx.status(endpoint.answer().status()).contentType(endpoint.answer().contentType());
    if (value instanceof AuditArchive.Export export) {
      export.writeTo(ctx.outputStream());
    } else if (value instanceof String text) {
      ctx.result(text.getBytes(StandardCharsets.UTF_8));
    } else {
      ctx.result(json.write(value));
    }
  }

  // The handshake let nobody through without one of ours.
  private static Der certificate(Context ctx) {
    X509Certificate @Nullable [] chain = ctx.attribute(CHAIN);
    if (chain == null || chain.length == 0) {
      throw new IllegalStateException("the handshake lets nobody through without a certificate");
    }
    try {
      return Der.copyOf(chain[0].getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }

  private Refusal roleMissing() {
    String roles =
        endpoint.roles().stream()
            .sorted()
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" or "));
    return Refusal.of(
        ProblemType.ROLE_MISSING,
        "this needs the role " + roles,
        "Ask an operator with the role " + roles + ".");
  }
}
