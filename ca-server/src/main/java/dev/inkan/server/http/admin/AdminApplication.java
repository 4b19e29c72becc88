package dev.inkan.server.http.admin;

import dev.inkan.core.api.SecondOperator;
import dev.inkan.server.http.request.NumberedRequests;
import dev.inkan.server.metrics.Latency;
import dev.inkan.server.operation.AuditDesk;
import dev.inkan.server.operation.AuthorityDesk;
import dev.inkan.server.operation.BulkDesk;
import dev.inkan.server.operation.CertificateDesk;
import dev.inkan.server.operation.MailDesk;
import dev.inkan.server.operation.MasterDesk;
import dev.inkan.server.operation.OperatorGate;
import dev.inkan.server.operation.Operators;
import dev.inkan.server.operation.OrganisationDesk;
import dev.inkan.server.operation.RefusalLog;
import dev.inkan.server.operation.RequestDesk;
import dev.inkan.server.operation.UserDesk;
import dev.inkan.server.tls.WebListener;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Everything the admin listener answers, and to whom. */
public final class AdminApplication {

  /** Where the API begins. */
  public static final String BASE = "/api/v1";

  private final OperatorGate gate;
  private final RecordJson json = new RecordJson();
  private final Problems problems;
  private final List<Endpoint> endpoints;
  private final SecureRandom random;

  /** What operators have done, by whom it is done. */
  public record Desks(
      OperatorGate gate,
      RefusalLog refusals,
      Operators operators,
      CertificateDesk certificates,
      RequestDesk requests,
      BulkDesk bulk,
      OrganisationDesk organisations,
      MasterDesk masters,
      UserDesk users,
      MailDesk mails,
      AuditDesk audit,
      AuthorityDesk authority) {}

  /** What the installation is like, for {@code /self}. */
  public record Setting(ZoneId zone, SecondOperator secondOperator, String version) {}

  public AdminApplication(Desks desks, Setting setting, Clock clock, SecureRandom random) {
    this.gate = desks.gate();
    this.problems = new Problems(desks.refusals(), json);
    this.random = random;
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new SelfEndpoints(setting).list());
    all.addAll(new OrganisationEndpoints(desks.organisations(), desks.masters()).list());
    all.addAll(new UserEndpoints(desks.users()).list());
    all.addAll(new CertificateEndpoints(desks.certificates()).list());
    all.addAll(new RequestEndpoints(desks.requests(), desks.bulk()).list());
    all.addAll(new AuthorityEndpoints(desks.authority()).list());
    all.addAll(new OperatorEndpoints(desks.operators()).list());
    all.addAll(
        new ReportEndpoints(desks.audit(), desks.certificates(), desks.mails(), clock).list());
    all.add(OpenApi.endpoint(all, json, setting.version()));
    this.endpoints = List.copyOf(all);
  }

  /** The application on its listener, not started. */
  public Javalin on(WebListener listener) {
    return on(listener, Latency.UNSEEN);
  }

  /** As above, and {@code latency} is told how long each answer takes. */
  public Javalin on(WebListener listener, Latency latency) {
    return Javalin.create(
        config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.http.prefer405over404 = true;
          config.http.compressionStrategy = CompressionStrategy.NONE;
          // The listener refuses what is longer; two numbers would be one too many.
          config.http.maxRequestSize = listener.limits().bodyOctets();
          config.jetty.threadPool = listener.threadPool();
          config.jetty.addConnector(listener::connector);
          config.jetty.modifyServer(
              server -> {
                listener.guard(server, new NumberedRequests(random, latency));
                server.setErrorHandler(new UnroutedProblems(json));
              });
          config.routes.before(problems::number);
          endpoints.forEach(
              endpoint ->
                  config.routes.addHttpHandler(
                      endpoint.method(),
                      BASE + endpoint.path(),
                      new EndpointHandler(endpoint, gate, problems, json)));
          problems.register(config.routes);
        });
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }
}
