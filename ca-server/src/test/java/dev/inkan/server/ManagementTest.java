package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkan.server.doctor.Doctor;
import dev.inkan.server.doctor.Finding;
import dev.inkan.server.doctor.Instruments;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

@DisplayName("Whoever watches the server is told how it stands")
final class ManagementTest {

  private static final Pattern FIGURE = Pattern.compile("\\b(?:inkan|jvm|process)_[a-z_]+\\b");

  @TempDir static Path folder;
  private static TestServer server;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static HttpResponse<String> get(TestServer of, String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(of.managementUrl().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  @Tag("S11")
  @DisplayName("Ready: every part is tried, named, and told since when")
  void ready() throws Exception {
    HttpResponse<String> live = get(server, "/health/live");
    HttpResponse<String> ready = get(server, "/health/ready");

    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.body()).contains("\"status\":\"live\"", "\"node\":\"node-1\"");
    assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
    JsonNode document = new ObjectMapper().readTree(ready.body());
    List<String> parts = new ArrayList<>();
    for (JsonNode part : document.path("parts")) {
      assertThat(part.path("status").asText()).isEqualTo("up");
      assertThat(part.path("since").asText()).startsWith("20");
      parts.add(part.path("part").asText());
    }
    assertThat(parts)
        .containsExactly(
            "database", "clock", "journal", "issuing-key", "status", "crl", "web-certificate");
    assertThat(get(server, "/health").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("The figures count what happened: issued, refused by reason, answered")
  void figures() throws Exception {
    Visitor visitor = server.newVisitor();
    visitor.browser().post("/issue", "userId", visitor.person().userId(), "password", "Wrong#2026");
    Map<String, Double> before = figures(server);
    visitor.issued();
    Map<String, Double> after = figures(server);

    assertThat(
            before.get(
                "inkan_refused_total{reason=\"wrong-password\",what=\"authentication-failed\"}"))
        .isEqualTo(1.0);
    assertThat(grown(before, after, "inkan_events_total{event=\"certificate-issued\"}"))
        .isEqualTo(1.0);
    assertThat(grown(before, after, "inkan_issue_seconds_count")).isEqualTo(1.0);
    assertThat(grown(before, after, "inkan_web_seconds_count")).isGreaterThan(3.0);
    assertThat(after.get("inkan_certificate_days_left{certificate=\"web\"}"))
        .isBetween(396.0, 397.0);
    assertThat(after.get("inkan_crl_remaining_seconds{ca=\"issuing\"}")).isPositive();
    assertThat(after.get("inkan_crl_remaining_seconds{ca=\"root\"}")).isPositive();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> figures(server).getOrDefault("inkan_mails_waiting", Double.NaN) >= 0);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                figures(server)
                    .containsKey("inkan_certificate_days_left{certificate=\"operator admin\"}"));
  }

  @Test
  @DisplayName("Every figure that the alert rules and the dashboard name is one that is told")
  void monitoringFiles() throws Exception {
    Set<String> told = new TreeSet<>();
    figures(server).keySet().forEach(figure -> told.add(figure.replaceFirst("\\{.*", "")));
    for (String file : List.of("prometheus-alerts.yaml", "grafana-dashboard.json")) {
      String text = Files.readString(Path.of("../config/monitoring", file));
      Set<String> named = new TreeSet<>();
      Matcher name = FIGURE.matcher(text);
      while (name.find()) {
        named.add(name.group());
      }
      assertThat(named).as(file).hasSizeGreaterThan(10);
      assertThat(told).as(file).containsAll(named);
    }
  }

  @Test
  @DisplayName("The doctor runs beside a running server, and asks it about what it has locked")
  void doctorBesideARunningServer() {
    Map<String, String> environment =
        Map.of(
            "INKAN_MANAGEMENT_PORT", Integer.toString(server.managementUrl().getPort()),
            "INKAN_MAIL_PORT", Integer.toString(server.mailbox().port()));

    List<Finding> findings =
        new Doctor(
                folder.resolve("inkan.yaml"),
                new Instruments(server.clock(), new SecureRandom(), environment, place -> 1L << 40))
            .examine();

    assertThat(findings).noneMatch(it -> it.grade() == Finding.Grade.FAULT);
    assertThat(findings)
        .extracting(Finding::what)
        .anyMatch(it -> it.contains("and is ready"))
        .anyMatch(it -> it.startsWith("the running server has the file open"))
        .anyMatch(it -> it.equals("the running server listens"))
        .anyMatch(it -> it.contains("root.p12 is on this machine"));
  }

  @Test
  @DisplayName("Every alert says how bad it is and what to do; every panel asks for something")
  void monitoringFilesAreWhole() throws Exception {
    JsonNode rules = yaml("prometheus-alerts.yaml");
    List<String> alerts = new ArrayList<>();
    for (JsonNode alert : rules.path("groups").path(0).path("rules")) {
      alerts.add(alert.path("alert").asText());
      assertThat(alert.path("expr").asText()).isNotBlank();
      assertThat(alert.path("labels").path("severity").asText()).isIn("critical", "warning");
      assertThat(alert.path("annotations").path("action").asText()).isNotBlank();
    }
    assertThat(alerts).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    JsonNode dashboard =
        new ObjectMapper()
            .readTree(Path.of("../config/monitoring/grafana-dashboard.json").toFile());
    assertThat(dashboard.path("panels")).hasSizeGreaterThan(10);
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(panel.path("targets").findValuesAsText("expr")).isNotEmpty();
    }
  }

  private static JsonNode yaml(String file) throws Exception {
    Object document = new Yaml().load(Files.readString(Path.of("../config/monitoring", file)));
    return new ObjectMapper().valueToTree(document);
  }

  private static double grown(Map<String, Double> before, Map<String, Double> after, String what) {
    return after.getOrDefault(what, Double.NaN) - before.getOrDefault(what, Double.NaN);
  }

  /** Every figure, by its name and labels as they are written. */
  static Map<String, Double> figures(TestServer of) throws Exception {
    HttpResponse<String> answer = get(of, "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    Map<String, Double> figures = new TreeMap<>();
    answer
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int end = line.lastIndexOf(' ');
              figures.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
            });
    return figures;
  }
}
