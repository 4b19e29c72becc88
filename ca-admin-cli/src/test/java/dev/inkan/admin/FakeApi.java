package dev.inkan.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * An admin API that answers as docs/admin-api.md says, from prepared texts, over TLS with a client
 * certificate insisted on. It remembers what it was asked.
 */
final class FakeApi implements AutoCloseable {

  /** What was asked: {@code POST /requests?dryRun=true}. */
  record Asked(String call, String body) {}

  /** What is answered. */
  record Answer(int status, String type, String body) {

    static Answer json(String body) {
      return new Answer(200, "application/json", body);
    }

    static Answer problem(String word, int status, String detail, String... tryNext) {
      String advice = tryNext.length == 0 ? "" : "\"" + String.join("\",\"", tryNext) + "\"";
      return new Answer(
          status,
          "application/problem+json",
          """
          {"type":"urn:inkan:problem:%s","title":"t","status":%d,"detail":"%s",
           "requestNumber":"r-17","tryNext":[%s],"fields":[]}"""
              .formatted(word, status, detail, advice));
    }
  }

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Map<String, Function<Asked, Answer>> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  private FakeApi(HttpsServer server) {
    this.server = server;
  }

  static FakeApi start(SSLContext tls) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters insisting = getSSLContext().getDefaultSSLParameters();
            insisting.setNeedClientAuth(true);
            parameters.setSSLParameters(insisting);
          }
        });
    FakeApi api = new FakeApi(server);
    server.createContext("/", api::handle);
    server.setExecutor(api.threads);
    server.start();
    return api;
  }

  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Forgets everything but who asks. */
  void reset() {
    answers.clear();
    asked.clear();
    on("GET /self", Answers.SELF);
  }

  /** Answers {@code call}, a method and a path without its query. */
  void on(String call, String json) {
    on(call, it -> Answer.json(json));
  }

  void on(String call, Function<Asked, Answer> answer) {
    answers.put(call, answer);
  }

  /** All that was asked, but who asks. */
  List<String> calls() {
    return asked.stream().map(Asked::call).filter(it -> !it.equals("GET /self")).toList();
  }

  /** The body of the last call, but of who asks. */
  String lastBody() {
    List<Asked> acts = asked.stream().filter(it -> !it.call().equals("GET /self")).toList();
    return acts.get(acts.size() - 1).body();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath().replaceFirst("^/api/v1", "");
    String query = exchange.getRequestURI().getRawQuery();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Asked call =
        new Asked(
            exchange.getRequestMethod() + " " + path + (query == null ? "" : "?" + query), body);
    asked.add(call);
    Answer answer =
        answers
            .getOrDefault(
                exchange.getRequestMethod() + " " + path,
                it -> Answer.problem("not-found", 404, "there is no " + path))
            .apply(call);
    byte[] octets = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), octets.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(octets);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
