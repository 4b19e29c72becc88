package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyUnavailableException;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.assembly.AuthorityTrials;
import dev.inkan.server.authority.SigningCa;
import dev.inkan.server.doctor.Doctor;
import dev.inkan.server.doctor.Finding;
import dev.inkan.server.doctor.Finding.Grade;
import dev.inkan.server.doctor.Instruments;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.IssuingCas;
import dev.inkan.server.installation.RolloverSteps;
import dev.inkan.server.installation.Signer;
import dev.inkan.server.store.FileJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bouncycastle.operator.ContentSigner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** After a rollover whoever watches is told of every CA that still signs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("S11")
final class SeveralCasTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String NEITHER = "\\{ca=\"(issuing|issuing-2|root)\"}";

  private TestServer server;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    server = TestServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  @Order(1)
  @DisplayName(
      "Prepared: the API, the figures and the doctor tell of the CA that does not issue yet")
  void prepared() throws Exception {
    step(it -> it.certifyWith(key("root.p12"), key("root.passphrase")));
    Files.delete(key("root.p12"));
    Files.delete(key("root.passphrase"));

    await().atMost(PATIENCE).until(() -> issuers().get(1).hasNonNull("crlNumber"));
    await().atMost(PATIENCE).until(() -> issuers().get(1).hasNonNull("responderNotAfter"));
    List<JsonNode> issuers = issuers();
    assertThat(issuers)
        .extracting(it -> it.path("name").asText())
        .containsExactly("issuing", "issuing-2");
    assertThat(states()).containsExactly("ISSUING", "PREPARED");
    assertThat(issuers.get(1).at("/certificate/subject").asText()).contains("Issuing CA 2");
    assertThat(issuers.get(0).path("crlNumber").asText())
        .isNotEqualTo(issuers.get(1).path("crlNumber").asText());
    Map<String, Double> figures = ManagementTest.figures(server);
    for (String certificate : List.of("issuing", "issuing-2", "responder", "responder-2")) {
      assertThat(daysLeft(figures, certificate)).as(certificate).isPositive();
    }
    assertThat(
            figures.keySet().stream().filter(it -> it.matches("inkan_crl_age_seconds" + NEITHER)))
        .hasSize(3);
    assertThat(issues(figures, "issuing")).isEqualTo(1.0);
    assertThat(issues(figures, "issuing-2")).isZero();
  }

  @Test
  @Order(2)
  @DisplayName(
      "Begun: the old one is told as one that still answers, and nobody is warned of its end")
  void begun() throws Exception {
    step(it -> it.activate(server.clock().instant(), false));

    assertThat(states()).containsExactly("FORMER", "ISSUING");
    assertThat(issuers().get(1).path("issuesFrom").asText()).startsWith("20");
    Map<String, Double> figures = ManagementTest.figures(server);
    assertThat(issues(figures, "issuing")).isZero();
    assertThat(issues(figures, "issuing-2")).isEqualTo(1.0);
    assertThat(daysLeft(figures, "issuing")).isPositive();
    assertThat(server.administrator().post("/authority/renew-responder").status()).isEqualTo(200);
    assertThat(ManagementTest.get(server, "/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(3)
  @DisplayName("Ready only if every CA's key signs, every responder answers, every CRL is there")
  void ready() {
    Host host = server.host(server.config());
    List<SigningCa> cas =
        new ArrayList<>(Authorities.open(server.config(), host, server.storage()).signing());
    assertThat(AuthorityTrials.keys(cas)).isEmpty();
    List<Signer> signers = cas.stream().map(it -> new Signer(it.name(), it.certificate())).toList();
    assertThat(signers)
        .extracting(Signer::name)
        .containsExactly(new CaName("issuing-2"), CaName.ISSUING);
    assertThat(
            AuthorityTrials.responders(
                signers, question -> question, ca -> Optional.empty(), host.random()))
        .contains("issuing-2: the responder has no key");
    SigningCa former = cas.get(1);
    cas.set(
        1,
        new SigningCa(
            former.generation(), new Away(former.key()), former.uris(), former.issuingCa()));
    assertThat(AuthorityTrials.keys(cas)).contains("issuing: key 'issuing' is not available: away");
  }

  /** A key whose place cannot be reached. */
  private record Away(IssuerKey key) implements IssuerKey {

    @Override
    public String id() {
      return key.id();
    }

    @Override
    public Der certificate() {
      return key.certificate();
    }

    @Override
    public List<Der> chain() {
      return key.chain();
    }

    @Override
    public KeyAlgorithm algorithm() {
      return key.algorithm();
    }

    @Override
    public ContentSigner newSigner() {
      throw new KeyUnavailableException(id(), KeyUnavailableException.Reason.TOKEN_AWAY, "away");
    }

    @Override
    public void requireReady() {}
  }

  @Test
  @Order(4)
  @DisplayName("Beside a running server, which has the database locked, the doctor knows them all")
  void doctorBeside() throws Exception {
    Map<String, String> beside =
        Map.of("INKAN_MANAGEMENT_PORT", Integer.toString(server.managementUrl().getPort()));
    assertThat(examine(beside)).noneMatch(SeveralCasTest::isAboutKeys);

    whileAway(
        "issuing-2.p12",
        () ->
            assertFinding(
                examine(beside),
                Grade.FAULT,
                "issuing-2.p12 does not exist, and issuing-2 signs",
                "from another server or from the backup"));
  }

  private static boolean isAboutKeys(Finding finding) {
    return finding.grade() != Grade.OK && finding.part().equals("keys");
  }

  @Test
  @Order(5)
  @DisplayName("docs/trust.md has a row for each file that was made, with its mode, for each table")
  void trustStatement() throws Exception {
    TrustStatement trust = new TrustStatement();
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        files.put(folder.relativize(path).toString(), mode.equals("rw-------") ? "0600" : "0644");
      }
    }
    assertThat(files).hasSizeGreaterThan(25);
    assertThat(files)
        .allSatisfy(
            (file, mode) -> assertThat(trust.mode(file).orElse("no row")).isIn(mode, "yours"));
    assertThat(
            server.query(
                "SELECT LOWER(table_name) FROM information_schema.tables"
                    + " WHERE table_schema = 'PUBLIC'"))
        .hasSizeGreaterThan(20)
        .containsExactlyInAnyOrderElementsOf(trust.named("The database").keySet());
  }

  @Test
  @DisplayName("docs/trust.md has a row for each port that the configuration knows")
  void trustInPorts() throws Exception {
    List<String> rows =
        new TrustStatement().rows("Ports").stream().map(row -> row.get(0) + row.get(1)).toList();
    String section = "";
    int ports = 0;
    for (String line : Files.readAllLines(Path.of("../config/inkan.yaml"))) {
      section = line.matches("[a-z-]+:") ? line.substring(0, line.length() - 1) : section;
      if (line.matches(" {2}port: \\d+") && !section.equals("mail")) {
        String named = section;
        String port = ":" + line.strip().substring("port: ".length()) + "`";
        assertThat(rows).as(named).anyMatch(row -> row.startsWith(named) && row.endsWith(port));
        ports++;
      }
    }
    assertThat(ports).isEqualTo(4);
  }

  @Test
  @Order(6)
  @DisplayName(
      "The doctor examines every CA's keys, CRL and responder, and how the rollover stands")
  void doctor() throws Exception {
    server.close();
    List<Finding> sound = examine(Map.of());
    assertThat(sound)
        .filteredOn(it -> it.grade() != Grade.OK)
        .extracting(Finding::part)
        .containsOnly("left-overs", "mail");
    assertThat(sound)
        .extracting(Finding::what)
        .anyMatch(it -> it.startsWith("issuing signs CRLs and OCSP answers for what it issued"))
        .contains("issuing-2 issues")
        .anyMatch(it -> it.startsWith("the newest of issuing counts until"))
        .anyMatch(it -> it.startsWith("the newest of issuing-2 counts until"))
        .anyMatch(it -> it.startsWith("the responder-2 certificate ends"))
        .anyMatch(it -> it.contains("issuing-2.p12 opens"));

    whileAway(
        "issuing-2.p12",
        () ->
            assertFinding(
                examine(Map.of()),
                Grade.FAULT,
                "issuing-2.p12 does not exist, and issuing-2 signs",
                "bring"));
    whileAway(
        "issuing.p12",
        () ->
            assertFinding(
                examine(Map.of()),
                Grade.FAULT,
                "authority.issuing-key-file",
                "put the file there"));
    whileAway(
        "responder-2.p12",
        () ->
            assertFinding(
                examine(Map.of()),
                Grade.WARNING,
                "responder-2.p12 does not exist",
                "start the server"));
    whileAway(
        "root.cer",
        () ->
            assertFinding(
                examine(Map.of()),
                Grade.FAULT,
                "authority.root-certificate-file",
                "last in chain.pem"));
    whileAway(
        "issuing-2.passphrase",
        () -> {
          Files.copy(key("tls.passphrase"), key("issuing-2.passphrase"));
          assertFinding(
              examine(Map.of()),
              Grade.FAULT,
              "passphrase does not open",
              "issuing-2.passphrase from");
          Files.delete(key("issuing-2.passphrase"));
        });
    Path aside = folder.resolve("aside.p12");
    Files.move(key("issuing-2.p12"), aside);
    Files.copy(key("issuing.p12"), key("issuing-2.p12"));
    whileAway(
        "issuing-2.passphrase",
        () -> {
          Files.copy(key("issuing.passphrase"), key("issuing-2.passphrase"));
          assertFinding(
              examine(Map.of()),
              Grade.FAULT,
              "another CA than the one that the database calls",
              "bring");
          Files.delete(key("issuing-2.passphrase"));
        });
    Files.move(aside, key("issuing-2.p12"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  @Order(7)
  @DisplayName("A rollover that nobody went on with, a server that did not follow, a key left over")
  void leftUndone() throws Exception {
    sql("UPDATE ca SET retired_at = issues_from WHERE name = 'issuing'");
    assertFinding(
        examine(Map.of()),
        Grade.WARNING,
        "issuing.p12 is the key of issuing, which signs nothing any more",
        "destroy it");
    sql("UPDATE ca SET retired_at = NULL WHERE name = 'issuing'");
    sql("UPDATE audit_event SET action = 'LOGGED_IN' WHERE action = 'SERVER_STOPPED'");
    sql(
        "UPDATE ca SET issues_from = TIMESTAMP WITH TIME ZONE '2030-01-01 00:00:00Z'"
            + " WHERE name = 'issuing-2'");
    server.clock().advance(Duration.ofDays(2000));
    assertFinding(
        examine(Map.of()),
        Grade.WARNING,
        "still issue by the CA before issuing-2: node-1",
        "start");
    sql("UPDATE ca SET issues_from = NULL WHERE name = 'issuing-2'");
    assertFinding(
        examine(Map.of()), Grade.WARNING, "and nobody has had it issue", "rollover --activate");
    sql("UPDATE ca SET certificate = NULL, certified_at = NULL WHERE name = 'issuing-2'");
    assertFinding(
        examine(Map.of()),
        Grade.WARNING,
        "issuing-2 has waited for its certificate",
        "rollover --certificate FILE");
  }

  private static void assertFinding(List<Finding> findings, Grade grade, String what, String mend) {
    assertThat(findings)
        .as(what + findings.stream().filter(it -> it.grade() != Grade.OK).toList())
        .anySatisfy(
            it -> {
              assertThat(it.grade()).isEqualTo(grade);
              assertThat(it.what()).contains(what);
              assertThat(it.mend()).contains(mend);
              assertThat(it.why()).isNotBlank();
            })
        .noneMatch(it -> it.what().startsWith("cannot be examined"));
  }

  private interface Work {
    void run() throws Exception;
  }

  private void whileAway(String name, Work work) throws Exception {
    Path aside = folder.resolve(name + ".aside");
    Files.move(key(name), aside);
    try {
      work.run();
    } finally {
      Files.move(aside, key(name));
    }
  }

  private void sql(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("data/inkan"), "inkan", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<Finding> examine(Map<String, String> settings) {
    Map<String, String> environment = new java.util.HashMap<>(settings);
    for (String listener : List.of("WEB", "STATUS", "ADMIN", "MANAGEMENT")) {
      environment.putIfAbsent("INKAN_" + listener + "_PORT", "0");
    }
    return new Doctor(
            folder.resolve("inkan.yaml"),
            new Instruments(server.clock(), new SecureRandom(), environment, place -> 1L << 40))
        .examine();
  }

  private Path key(String name) {
    return folder.resolve("keys").resolve(name);
  }

  private List<JsonNode> issuers() {
    List<JsonNode> issuers = new ArrayList<>();
    server.administrator().get("/authority").body().path("issuers").forEach(issuers::add);
    return issuers;
  }

  private List<String> states() {
    return issuers().stream().map(it -> it.path("state").asText()).toList();
  }

  private static double daysLeft(Map<String, Double> figures, String certificate) {
    return figures.getOrDefault(
        "inkan_certificate_days_left{certificate=\"" + certificate + "\"}", -1.0);
  }

  private static double issues(Map<String, Double> figures, String ca) {
    return figures.getOrDefault("inkan_ca_issues{ca=\"" + ca + "\"}", Double.NaN);
  }

  /** As the command does it, with the server stopped. */
  private void step(Function<RolloverSteps, List<String>> step) {
    server.whileStopped(
        () -> {
          Host host = server.host(server.config());
          IssuingCas cas =
              new IssuingCas(server.config(), host, ClockPolicy.BANK, server.storage());
          try (FileJournal journal = cas.journal()) {
            List<String> unused =
                step.apply(new RolloverSteps(server.config(), host, cas, journal));
          }
        });
  }
}
