package dev.inkan.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.gateway.Gateway;
import dev.inkan.gateway.GatewayKind;
import dev.inkan.gateway.GatewaySite;
import dev.inkan.gateway.GatewayVisitor;
import dev.inkan.gateway.GatewayVisitor.Answer;
import dev.inkan.server.GatewayCredentials.Credential;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The shipped configurations in real gateways, beside Inkan as its own gateway: what each does with
 * every kind of visitor, and how soon it knows of a revocation that another server made. What is
 * asserted here is what docs/gateways.md promises.
 */
@Tag("E3")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GatewayMatrixTest {

  private static final Duration NEXT_UPDATE = Duration.ofSeconds(2);

  /** A busy machine's; without it a revocation counts within {@link #NEXT_UPDATE} and a second. */
  private static final Duration SLACK = Duration.ofSeconds(20);

  /** A gateway's old processes may answer for a moment beside the new ones. */
  private static final int IN_A_ROW = 8;

  /** A number that no CRL of the test reaches: it is not for its number that one is refused. */
  private static final BigInteger FAR_AHEAD = BigInteger.TWO.pow(100);

  private static final String INKAN = "Inkan";
  private static final Set<String> PASS = Set.of("good", "released");
  private static final Map<String, String> PAGES =
      Map.of(
          "revoked", "この電子証明書は失効しています",
          "held", "この電子証明書は失効しています",
          "expired", "この電子証明書は有効期限が切れています",
          "unknown", "この電子証明書はご利用になれません",
          "foreign", "この電子証明書はご利用になれません",
          "none", "電子証明書が選択されていません");
  private static final Map<String, String> MENU =
      Map.of(
          "good", "電子証明書を確認しました",
          "released", "電子証明書を確認しました",
          "revoked", "電子証明書は失効しています",
          "held", "電子証明書は失効しています",
          "expired", "電子証明書の有効期限が切れています",
          "unknown", "このサービスの電子証明書ではありません",
          "foreign", "このサービスの電子証明書ではありません");

  /** «foreign» claims our CA's name with another key: a forgery, not just another bank's. */
  private static final Map<String, String> BROKEN_BY_APACHE =
      Map.of("expired", "alert certificate expired", "foreign", "alert decrypt error");

  private final Map<String, Optional<Path>> visitors = new LinkedHashMap<>();
  private final MatrixTable table = new MatrixTable(columns());
  private GatewayScene scene;
  private GatewayCredentials credentials;
  private Credential good;

  private static List<String> columns() {
    List<String> columns =
        new ArrayList<>(Arrays.stream(GatewayKind.values()).map(GatewayKind::title).toList());
    columns.add(INKAN);
    return columns;
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    scene = new GatewayScene(folder, NEXT_UPDATE);
    credentials = new GatewayCredentials(scene.server(), folder);
    good = credentials.issued();
    Credential revoked = credentials.issued();
    Credential held = credentials.issued();
    Credential released = credentials.issued();
    scene.revoke(revoked.serialNumber());
    scene.hold(held.serialNumber());
    scene.hold(released.serialNumber());
    scene.release(released.serialNumber());
    visitors.put("good", Optional.of(good.pem()));
    visitors.put("revoked", Optional.of(revoked.pem()));
    visitors.put("held", Optional.of(held.pem()));
    visitors.put("released", Optional.of(released.pem()));
    visitors.put("expired", Optional.of(credentials.expired().pem()));
    visitors.put("unknown", Optional.of(credentials.unknown().pem()));
    visitors.put("foreign", Optional.of(credentials.foreign().pem()));
    visitors.put("none", Optional.empty());
    for (GatewayKind kind : GatewayKind.values()) {
      scene.gateway(kind);
    }
    settle(revoked, held);
  }

  /** Other servers learn within a second, and CRLs follow: what is asked later is settled. */
  private void settle(Credential revoked, Credential held) {
    for (GatewayKind kind : GatewayKind.values()) {
      for (Credential out : List.of(revoked, held)) {
        awaitAnswer(kind, out, false);
      }
    }
  }

  @AfterAll
  void stop() {
    System.out.println(table.text());
    scene.close();
  }

  @Test
  @Tag("E4")
  @Tag("A6")
  @DisplayName("E3, E4, A6: every kind of visitor at every gateway, as documented")
  void everyVisitorAtEveryGateway() {
    visitors.forEach(
        (state, pem) -> {
          for (GatewayKind kind : GatewayKind.values()) {
            Answer answer = scene.application(kind, pem);
            table.put(state, kind.title(), cell(answer));
            assertAsDocumented(kind, state, answer);
          }
          Answer alone = scene.alone(pem);
          table.put(state, INKAN, cell(alone));
          assertThat(alone.status())
              .as("Inkan, %s", state)
              .isEqualTo(PASS.contains(state) ? 200 : 403);
        });
  }

  private static void assertAsDocumented(GatewayKind kind, String state, Answer answer) {
    boolean passes = PASS.contains(state) || (state.equals("unknown") && !kind.asksOcsp());
    String what = kind.title() + ", " + state + ": " + answer;
    assertThat(passed(answer)).as(what).isEqualTo(passes);
    if (!passes && kind.refusesInTls()) {
      assertThat(answer.status()).as(what).isZero();
      assertThat(answer.text()).as(what).contains("alert");
    } else if (!passes) {
      assertThat(answer.status()).as(what).isEqualTo(403);
      assertThat(answer.gist()).as(what).isEqualTo(PAGES.get(state));
    }
  }

  @Test
  @Tag("A6")
  @Tag("E4")
  @DisplayName("A6: revoked, held and released by another server: how soon each gateway knows")
  void howSoon() {
    Credential lost = credentials.issued();
    Credential stray = credentials.issued();
    for (GatewayKind kind : GatewayKind.values()) {
      assertThat(passed(scene.application(kind, Optional.of(lost.pem()))))
          .as(kind.title())
          .isTrue();
      assertThat(passed(scene.application(kind, Optional.of(stray.pem()))))
          .as(kind.title())
          .isTrue();
    }
    scene.revoke(lost.serialNumber());
    measure("s until revoked counts", lost, false);
    scene.hold(stray.serialNumber());
    measure("s until held counts", stray, false);
    scene.release(stray.serialNumber());
    measure("s until released counts", stray, true);
  }

  private void measure(String row, Credential whose, boolean passes) {
    long begin = System.nanoTime();
    // Inkan itself: the very next request.
    assertThat(scene.alone(Optional.of(whose.pem())).status()).isEqualTo(passes ? 200 : 403);
    table.put(row, INKAN, since(begin));
    Set<GatewayKind> waiting = EnumSet.allOf(GatewayKind.class);
    Awaitility.await(row)
        .atMost(NEXT_UPDATE.plus(SLACK))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              for (GatewayKind kind : Set.copyOf(waiting)) {
                if (answers(kind, whose, passes)) {
                  table.put(row, kind.title(), since(begin));
                  waiting.remove(kind);
                }
              }
              return waiting.isEmpty();
            });
  }

  private boolean answers(GatewayKind kind, Credential whose, boolean passes) {
    if (!kind.asksOcsp()) {
      Gateway.Fetched fetched = scene.gateway(kind).fetchCrls();
      assertThat(fetched.exit()).as(fetched.line()).isZero();
    }
    return passed(scene.application(kind, Optional.of(whose.pem()))) == passes;
  }

  private void awaitAnswer(GatewayKind kind, Credential whose, boolean passes) {
    Awaitility.await(kind.title())
        .atMost(NEXT_UPDATE.plus(SLACK))
        .pollDelay(Duration.ZERO)
        .until(() -> answers(kind, whose, passes));
  }

  @ParameterizedTest
  @EnumSource(names = {"NGINX_OCSP", "APACHE_OCSP"})
  @DisplayName("E3: no answer from the responder: nobody passes")
  void responderDown(GatewayKind kind) {
    try (Gateway lonely = scene.start(kind, "127.0.0.1:" + Gateway.freePort())) {
      Answer answer =
          new GatewayVisitor(lonely.site().port(), Optional.of(good.pem()))
              .get(GatewaySite.APPLICATION, "/");
      table.put("responder down", kind.title(), cell(answer));
      assertThat(answer.status()).isEqualTo(kind.refusesInTls() ? 0 : 503);
      assertThat(passed(answer)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NGINX_CRL", "APACHE_CRL", "HAPROXY_CRL"})
  @DisplayName(
      "E3: CRLs that are broken, ended or cannot be fetched stay out; an ended one refuses all")
  void crlDown(GatewayKind kind) {
    Gateway gateway = scene.gateway(kind);
    assertThat(gateway.fetchCrlsFrom("127.0.0.1:" + Gateway.freePort()).exit()).isEqualTo(3);
    List<String> bad =
        List.of(
            "<html>",
            ended(FAR_AHEAD),
            broken(),
            credentials.endedCrl(FAR_AHEAD),
            scene.published("/crl/chain.pem").replaceAll("(?s)-----END X509 CRL-----.*", ""));
    for (String served : bad) {
      scene.application().serve("/crl/chain.pem", served);
      Gateway.Fetched fetched = gateway.fetchCrlsFrom(scene.application().address());
      assertThat(fetched.exit()).as(fetched.line()).isEqualTo(4);
    }
    Answer before = scene.application(kind, Optional.of(good.pem()));
    table.put("CRL not fetched", kind.title(), cell(before));
    assertThat(passed(before)).as(gateway.log()).isTrue();

    gateway.force(ended(BigInteger.ZERO));
    awaitAnswerOnly(kind, false);
    Answer answer = scene.application(kind, Optional.of(good.pem()));
    table.put("CRL ended", kind.title(), cell(answer));
    assertThat(answer.status()).isEqualTo(kind.refusesInTls() ? 0 : 503);
    assertThat(gateway.isAlive()).isTrue();

    assertThat(gateway.fetchCrls().exit()).isZero();
    awaitAnswerOnly(kind, true);
  }

  private void awaitAnswerOnly(GatewayKind kind, boolean passes) {
    Awaitility.await(kind.title())
        .atMost(SLACK)
        .pollDelay(Duration.ZERO)
        .until(
            () ->
                IntStream.range(0, IN_A_ROW)
                    .allMatch(
                        time ->
                            passed(scene.application(kind, Optional.of(good.pem()))) == passes));
  }

  /** The CRLs of the chain, with the issuing CA's replaced by one that has ended. */
  private String ended(BigInteger number) {
    return credentials.endedCrl(number)
        + blocks(scene.published("/crl/chain.pem")).stream()
            .filter(block -> !credentials.isIssuingCas(block))
            .reduce("", String::concat);
  }

  /** The CRLs of the chain, a character of each changed. */
  private String broken() {
    return String.join(
        "",
        blocks(scene.published("/crl/chain.pem")).stream()
            .map(block -> block.replaceFirst("\nMI", "\nMA"))
            .toList());
  }

  private static List<String> blocks(String pem) {
    List<String> blocks = new ArrayList<>();
    for (String block : pem.split("(?<=-----END X509 CRL-----)\\s*", -1)) {
      if (block.contains("BEGIN")) {
        blocks.add(block + "\n");
      }
    }
    return blocks;
  }

  @ParameterizedTest
  @EnumSource(names = {"NGINX_OCSP", "APACHE_OCSP", "HAPROXY_CRL"})
  @Tag("B1")
  @DisplayName("B1: whoever the application refuses still reaches Inkan's menu, and is told why")
  void everybodyReachesTheMenu(GatewayKind kind) {
    visitors.forEach(
        (state, pem) -> {
          Answer menu = scene.menu(kind, pem);
          if (kind.refusesInTls() && BROKEN_BY_APACHE.containsKey(state)) {
            assertThat(menu.gist()).isEqualTo(BROKEN_BY_APACHE.get(state));
          } else {
            assertThat(menu.status()).as("%s, %s: %s", kind.title(), state, menu).isEqualTo(200);
            assertThat(menu.text()).contains("電子証明書発行").contains(MENU.getOrDefault(state, ""));
          }
        });
    assertThat(scene.menu(kind, Optional.empty()).text()).doesNotContain("次にすること");
  }

  @ParameterizedTest
  @EnumSource(names = {"NGINX_OCSP", "APACHE_OCSP", "HAPROXY_CRL"})
  @Tag("S6")
  @DisplayName(
      "S6: no spelling of a forged header gets through; the gateway's own does, octet by octet")
  void forgedHeaders(GatewayKind kind) {
    String forged = good.forwarded();
    String[] spellings = {
      "Client-Cert: " + forged,
      "client-cert: " + forged,
      "CLIENT-CERT: " + forged,
      "Client_Cert: " + forged,
      "client_cert: " + forged,
      "Client-Cert-Chain: " + forged,
      "Client_Cert_Chain: " + forged,
      "Client-Cert_Chain: " + forged,
      "Forwarded: for=192.0.2.66",
      "X-Forwarded-For: 192.0.2.66",
      "X_Forwarded_For: 192.0.2.66",
      "Connection: close, Client-Cert, X-Forwarded-For"
    };
    Answer seen = scene.application(kind, Optional.of(good.pem()), spellings);
    assertThat(passed(seen)).as(seen.text()).isTrue();
    assertThat(seen.text().lines().filter(line -> line.contains(forged)))
        .as(seen.text())
        .singleElement()
        .asString()
        .isEqualToIgnoringCase("Client-Cert: " + forged);
    assertThat(seen.text()).doesNotContain("192.0.2.66").contains("127.0.0.1");
    assertThat(scene.menu(kind, Optional.empty(), spellings).text()).doesNotContain("電子証明書を確認しました");
    assertThat(scene.menu(kind, visitor("revoked"), spellings).text()).contains("電子証明書は失効しています");
    assertThat(scene.alone(Optional.empty(), "Client-Cert: " + forged).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("S6")
  @DisplayName("that Inkan's name is open does not open the application's")
  void oneNameDoesNotOpenTheOther(GatewayKind kind) {
    int port = scene.gateway(kind).site().port();
    for (String state : List.of("none", "revoked", "foreign")) {
      for (String sni : List.of("", GatewaySite.INKAN, "other.localhost")) {
        Answer answer =
            new GatewayVisitor(port, visitor(state)).misdirected(sni, GatewaySite.APPLICATION);
        assertThat(answer.text())
            .as("%s, %s, by %s", kind.title(), state, sni)
            .doesNotContain(EchoApplication.GREETING);
        assertThat(answer.status()).isIn(0, 403, 421);
      }
    }
  }

  private static boolean passed(Answer answer) {
    return answer.status() == 200 && answer.text().contains(EchoApplication.GREETING);
  }

  private static String cell(Answer answer) {
    if (answer.status() == 200) {
      return "passes";
    }
    return answer.status() == 0 ? answer.gist() : Integer.toString(answer.status());
  }

  private static String since(long begin) {
    return "%.1f".formatted((System.nanoTime() - begin) / 1e9);
  }

  private Optional<Path> visitor(String state) {
    return requireNonNull(visitors.get(state));
  }
}
