package dev.inkan.server.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkan.core.certificate.CaName;
import dev.inkan.server.config.InkanConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server that runs with this configuration, if one does, and what it says of itself. */
final class RunningServer {

  private static final String PART = "server";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  // Longer than the server gives its own parts.
  private static final Duration ANSWER = Duration.ofSeconds(6);

  private static final Pattern ISSUES =
      Pattern.compile("(?m)^inkan_ca_issues\\{ca=\"([a-z0-9-]+)\"\\} ([01])");

  private final Optional<JsonNode> health;
  private final boolean ours;
  private final Map<CaName, Boolean> issues;

  private RunningServer(Optional<JsonNode> health, boolean ours, Map<CaName, Boolean> issues) {
    this.health = health;
    this.ours = ours;
    this.issues = Map.copyOf(issues);
  }

  static RunningServer find(InkanConfig config) {
    if (config.management().port() == 0) {
      return new RunningServer(Optional.empty(), false, Map.of());
    }
    Optional<JsonNode> health = health(config);
    boolean ours =
        health.filter(it -> it.path("node").asText().equals(config.node().value())).isPresent();
    return new RunningServer(health, ours, ours ? issues(config) : Map.of());
  }

  private static Map<CaName, Boolean> issues(InkanConfig config) {
    Map<CaName, Boolean> found = new HashMap<>();
    Matcher line = ISSUES.matcher(ask(config, "/metrics").orElse(""));
    while (line.find()) {
      found.put(new CaName(line.group(1)), line.group(2).equals("1"));
    }
    return found;
  }

  private static Optional<JsonNode> health(InkanConfig config) {
    try {
      Optional<String> body = ask(config, "/health/ready");
      return body.isEmpty()
          ? Optional.empty()
          : Optional.of(new ObjectMapper().readTree(body.get()));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // somebody else's; its port is examined later
    }
  }

  private static Optional<String> ask(InkanConfig config, String path) {
    String host = config.management().host();
    String at = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    URI there = URI.create("http://" + at + ":" + config.management().port() + path);
    HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    try {
      return Optional.of(
          client
              .send(
                  HttpRequest.newBuilder(there).timeout(ANSWER).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      return Optional.empty(); // nobody's
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Whether a server of this name runs here. */
  boolean isOurs() {
    return ours;
  }

  /** The issuing CAs that it signs with, if one runs that says so. */
  Optional<List<KnownCa>> cas() {
    return issues.isEmpty() ? Optional.empty() : Optional.of(KnownCa.signing(issues));
  }

  List<Finding> findings() {
    if (!ours) {
      return List.of(Finding.ok(PART, "none runs here with this configuration"));
    }
    List<Finding> findings = new ArrayList<>();
    for (JsonNode part : health.orElseThrow().path("parts")) {
      if (!part.path("status").asText().equals("up")) {
        findings.add(down(part));
      }
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              PART,
              "runs since " + health.orElseThrow().path("started").asText() + " and is ready"));
    }
    return findings;
  }

  private static Finding down(JsonNode part) {
    String name = part.path("part").asText();
    return Finding.fault(
        PART,
        "the running server has been without its "
            + name
            + " since "
            + part.path("since").asText()
            + ": "
            + part.path("why").asText(),
        "it is not ready: what needs this part is refused",
        switch (name) {
          case "database" -> "bring the database back; the server goes on by itself";
          case "clock" -> "set this machine's clock by NTP, and the database's; then start again";
          case "journal" -> "make room on the disk of the journal, then start the server again";
          case "issuing-key" -> "bring the key's file or token back, then start the server again";
          case "crl" ->
              "see why no CRL is signed in the server's log; the root's is signed by"
                  + " 'inkan-server root-crl'";
          case "web-certificate" -> "see in the server's log why it is not renewed";
          default -> "see the server's log";
        });
  }
}
