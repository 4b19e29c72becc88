package dev.inkan.server.http.admin;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.inkan.core.api.Role;
import dev.inkan.server.Staff;
import dev.inkan.server.TestServer;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route: who may, what describes it, and what it says to nonsense. */
final class AdminRoutesTest {

  @TempDir private static Path folder;

  private static TestServer server;
  private static List<Endpoint> endpoints;
  private static final Map<Role, Staff> STAFF = new EnumMap<>(Role.class);

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    endpoints = server.adminApplication().endpoints();
    for (Role role : Role.values()) {
      STAFF.put(role, server.operator(role.name().toLowerCase(Locale.ROOT), role.name()));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Staff.Answer ask(Staff staff, Endpoint endpoint) {
    String path =
        endpoint
            .path()
            .replace("{serial}", "4000000000000000000000000000beef")
            .replace("{number}", "987654")
            .replaceAll("\\{\\w+}", "nobody01");
    return endpoint.method().equals(HandlerType.GET) ? staff.get(path) : staff.post(path);
  }

  @Test
  @Tag("D5")
  @Tag("S7")
  @DisplayName("D5: every route lets through the roles it names, and no other")
  void roles() {
    List<String> wrong = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      for (Role role : Role.values()) {
        Staff.Answer answer = ask(staff(role), endpoint);
        // One's own credential everybody renews: another's is the administrator's, and no route's.
        boolean refused =
            answer.problem().equals("role-missing") && !endpoint.path().endsWith("/renew");
        if (refused == endpoint.roles().contains(role) || answer.status() == 500) {
          wrong.add(role + " " + endpoint.method() + " " + endpoint.path() + ": " + answer.text());
        }
      }
    }

    assertThat(endpoints).hasSizeGreaterThan(45);
    assertThat(wrong).isEmpty();
  }

  @Test
  @Tag("D5")
  @DisplayName(
      "D5: only administrators change operators and organisations' states; auditors change nothing")
  void separation() {
    assertThat(endpoints)
        .filteredOn(it -> it.method().equals(HandlerType.POST))
        .filteredOn(it -> !it.path().endsWith("/renew"))
        .noneMatch(it -> it.roles().contains(Role.AUDITOR));
    assertThat(endpoints)
        .filteredOn(it -> it.path().startsWith("/audit"))
        .hasSize(3)
        .allMatch(it -> it.roles().equals(Set.of(Role.AUDITOR)));
    assertThat(endpoints)
        .filteredOn(it -> it.path().matches("/bulk-revocations/.*/approve"))
        .allMatch(it -> it.roles().equals(Set.of(Role.APPROVER)));
  }

  @Test
  @DisplayName("The OpenAPI description names every route, and nothing that is not there")
  void openApi() {
    JsonNode description = staff(Role.AUDITOR).get("/openapi.json").body();
    Set<String> described = new TreeSet<>();
    description
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(description.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(described).isEqualTo(names());
    assertThat(references(description))
        .isNotEmpty()
        .allSatisfy(reference -> assertThat(description.at(reference).isMissingNode()).isFalse());
  }

  @Test
  @DisplayName("docs/admin-api.md names every route with its roles, and nothing that is not there")
  void documentation() throws IOException {
    Path file = Path.of("").toAbsolutePath();
    while (!Files.exists(file.resolve("docs/admin-api.md"))) {
      file = requireNonNull(file.getParent());
    }
    Set<String> documented =
        Pattern.compile("^\\| `((?:GET|POST) /[^`]*)` \\| ([^|]+) \\|", Pattern.MULTILINE)
            .matcher(Files.readString(file.resolve("docs/admin-api.md")))
            .results()
            .map(row -> row.group(1) + " " + row.group(2).strip())
            .collect(toSet());

    assertThat(documented)
        .isEqualTo(endpoints.stream().map(it -> nameOf(it) + " " + rolesOf(it)).collect(toSet()));
  }

  private static String rolesOf(Endpoint endpoint) {
    if (endpoint.path().equals("/operators/{name}/renew")) {
      return "any for oneself, else A";
    }
    if (endpoint.roles().equals(Endpoint.ANY)) {
      return "any";
    }
    Map<Role, String> letters =
        Map.of(Role.CLERK, "C", Role.APPROVER, "P", Role.AUDITOR, "U", Role.ADMINISTRATOR, "A");
    List<String> words = endpoint.roles().stream().sorted().map(letters::get).toList();
    return String.join(", ", words);
  }

  private static Set<String> names() {
    return endpoints.stream().map(AdminRoutesTest::nameOf).collect(toSet());
  }

  private static String nameOf(Endpoint endpoint) {
    return endpoint.method().name() + " " + endpoint.path();
  }

  private static List<String> references(JsonNode node) {
    return node.findValuesAsText("$ref").stream().map(it -> it.substring(1)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @Tag("S14")
  @Tag("S18")
  @ValueSource(
      strings = {
        "{",
        "[]",
        "null",
        "\"text\"",
        "{\"reason\": \"KEY_COMPROMISE\", \"reason\": \"SUPERSEDED\"}",
        "{\"reason\": \"KEY_COMPROMISE\", \"more\": 1}",
        "{\"reason\": 1}",
        "{\"reason\": [\"KEY_COMPROMISE\"]}",
        "{\"reason\": \"key_compromise\"}",
        "{\"reason\": \"CERTIFICATE_HOLD\"}",
        "{\"reason\": \"CA_COMPROMISE\"}",
        "{\"reason\": \"KEY_COMPROMISE\", \"invalidityDate\": \"yesterday\"}",
        "{\"reason\": \"KEY_COMPROMISE\", \"invalidityDate\": \"+99999-01-01T00:00:00Z\"}",
        "{\"reason\": \"KEY_COMPROMISE\", \"invalidityDate\": \"2126-01-01T00:00:00Z\"}",
        "{\"reason\": \"KEY_COMPROMISE\", \"note\": \"\\u0000\"}",
        "{\"reason\": \"KEY_COMPROMISE\", \"note\": \"\\ud800\"}",
        "{\"reason\": \"KEY_COMPROMISE\", \"note\": \"\\u202e\"}",
        "{} {}",
      })
  @DisplayName("S14, S18: a body that cannot be taken is told why")
  void nonsense(String body) {
    Staff.Answer answer =
        staff(Role.CLERK)
            .postText(
                "/certificates/4000000000000000000000000000beef/revoke", "application/json", body);

    assertThat(answer.problem()).isIn("malformed-request", "invalid-value");
    assertThat(answer.status()).isIn(400, 422);
    assertThat(answer.body().path("detail").asText()).isNotBlank().doesNotContain("Exception");
  }

  @Test
  @Tag("S14")
  @Tag("S18")
  @DisplayName("S14: nesting, length, media type, method and address have their answers")
  void otherNonsense() {
    Staff clerk = staff(Role.CLERK);
    String path = "/requests";

    assertThat(clerk.postText(path, "application/json", "[".repeat(100_000)).problem())
        .isEqualTo("malformed-request");
    assertThat(
            clerk
                .postText(path, "application/json", "{\"a\":\"" + "x".repeat(1_100_000) + "\"}")
                .problem())
        .isEqualTo("too-large");
    assertThat(clerk.postText(path, "text/plain", "{}").problem()).isEqualTo("unsupported-media");
    assertThat(clerk.request("DELETE", path).problem()).isEqualTo("method-not-allowed");
    assertThat(clerk.get("/nowhere").problem()).isEqualTo("not-found");
    assertThat(clerk.get("/users/" + "x".repeat(300)).problem()).isEqualTo("invalid-value");
    assertThat(clerk.get("/users?text=%00").problem()).isEqualTo("invalid-value");
    assertThat(clerk.get("/users?text=a&text=b").problem()).isEqualTo("malformed-request");
    assertThat(clerk.get("/self?x=" + "y".repeat(20_000)).problem()).isEqualTo("header-too-large");
  }

  private static Staff staff(Role role) {
    return requireNonNull(STAFF.get(role));
  }
}
