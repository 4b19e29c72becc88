package dev.inkan.server.http.status;

import static dev.inkan.server.status.DeskFixture.GOOD;
import static dev.inkan.server.status.DeskFixture.ISSUER;
import static dev.inkan.server.status.DeskFixture.serial;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.testing.Mutations;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.http.status.RawClient.Reply;
import dev.inkan.server.status.DeskFixture;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every bad request that the status service was made for, with its stated answer, and others spoilt
 * at random: {@code -Dinkan.spoilt.requests=1000000} asks more of them.
 */
@Tag("S18")
@Tag("E1")
class OcspFaultsTest {

  private static final int CASES = Integer.getInteger("inkan.spoilt.requests", 2_000);
  private static final int OVER_HTTP = Math.max(150, CASES / 20);
  private static final long SEED = Long.getLong("inkan.spoilt.seed", 1);
  private static final SerialNumber VALID = serial(1);
  private static final int SUCCESSFUL = 0;
  private static final int MALFORMED = 1;
  private static final int UNAUTHORIZED = 6;

  private static DeskFixture bed;
  private static StatusListener listener;
  private static RawClient client;

  @BeforeAll
  static void listen() {
    bed = new DeskFixture();
    bed.commit(VALID, GOOD);
    listener =
        new StatusListener(
            "127.0.0.1", 0, StatusListener.limits(2_000), bed.desk, List.of(), bed.clock);
    listener.start();
    client = new RawClient(listener.port());
  }

  @AfterAll
  static void stop() {
    listener.close();
    bed.follower.close();
  }

  static Stream<Arguments> bodies() {
    byte[] good = DeskFixture.question(VALID);
    return Stream.of(
        Arguments.of("empty", new byte[0], 200, MALFORMED),
        Arguments.of("truncated", Arrays.copyOf(good, good.length - 1), 200, MALFORMED),
        Arguments.of("trailing octet", Arrays.copyOf(good, good.length + 1), 200, MALFORMED),
        Arguments.of("indefinite length", indefinite(good), 200, MALFORMED),
        Arguments.of("1 MiB", new byte[1 << 20], 413, -1),
        Arguments.of("foreign issuer", foreign().encoded(), 200, UNAUTHORIZED),
        Arguments.of("33 CertIDs", certificates(33), 200, MALFORMED),
        Arguments.of("1,000 CertIDs", certificates(1_000), 413, -1),
        Arguments.of("nonce of 0", nonce(0), 200, MALFORMED),
        Arguments.of("nonce of 1", nonce(1), 200, SUCCESSFUL),
        Arguments.of("nonce of 128", nonce(128), 200, SUCCESSFUL),
        Arguments.of("nonce of 129", nonce(129), 200, MALFORMED),
        Arguments.of("nonce of 64 KiB", nonce(65_536), 413, -1));
  }

  @ParameterizedTest(name = "S18: POST, {0}: HTTP {2}, OCSP {3}")
  @MethodSource("bodies")
  void post(String what, byte[] body, int status, int code) throws IOException {
    Reply reply = client.post("/ocsp", body);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Cache-Control")).contains("no-store");
    requireCode(reply, code);
  }

  static Stream<Arguments> paths() {
    // a serial number whose question has / + and = in base64
    byte[] question = DeskFixture.question(VALID);
    String raw = Base64.getEncoder().encodeToString(question);
    String escaped = raw.replace("/", "%2F").replace("+", "%2B").replace("=", "%3D");
    String truncated = Base64.getEncoder().encodeToString(Arrays.copyOf(question, 30));
    return Stream.of(
        Arguments.of("raw base64", "GET", "/ocsp/" + raw, 200, SUCCESSFUL),
        Arguments.of("escaped base64", "GET", "/ocsp/" + escaped, 200, SUCCESSFUL),
        Arguments.of("a slash too many, raw", "GET", "/ocsp//" + raw, 200, SUCCESSFUL),
        Arguments.of("a slash too many, escaped", "GET", "/ocsp/%2F" + escaped, 200, SUCCESSFUL),
        Arguments.of("two slashes before ocsp", "GET", "//ocsp/" + raw, 404, -1),
        Arguments.of("escaped twice", "GET", "/ocsp/" + escaped.replace("%", "%25"), 400, -1),
        Arguments.of("truncated", "GET", "/ocsp/" + truncated, 200, MALFORMED),
        Arguments.of("nothing after the slash", "GET", "/ocsp/", 200, MALFORMED),
        Arguments.of("no base64", "GET", "/ocsp/*", 400, -1),
        Arguments.of("longer than a header", "GET", "/ocsp/" + "M".repeat(9_000), 414, -1),
        Arguments.of("wrong method", "PUT", "/ocsp", 405, -1),
        Arguments.of("GET without a request", "GET", "/ocsp", 405, -1),
        Arguments.of("POST to a path for GET", "POST", "/ocsp/" + escaped, 405, -1),
        Arguments.of("a method nobody knows", "BREW", "/ocsp", 405, -1));
  }

  @ParameterizedTest(name = "S18: {1}, {0}: HTTP {3}, OCSP {4}")
  @MethodSource("paths")
  void path(String what, String method, String path, int status, int code) throws IOException {
    Reply reply = client.send(RawClient.head(method, path), new byte[0]);
    assertThat(reply.status()).isEqualTo(status);
    requireCode(reply, code);
  }

  private static void requireCode(Reply reply, int code) {
    if (code < 0) {
      assertThat(reply.body()).isEmpty();
      return;
    }
    assertThat(reply.header("Content-Type")).contains("application/ocsp-response");
    OcspReply answer = new OcspReply(reply.body());
    assertThat(answer.code()).isEqualTo(code);
    if (code == SUCCESSFUL) {
      assertThat(answer.status()).isEqualTo(GOOD);
    }
  }

  @Test
  @DisplayName("S18: to a spoilt request the desk answers malformed, unauthorized or what it signs")
  void spoiltRequests() {
    Mutations mutations = new Mutations(SEED);
    List<byte[]> seeds = seeds();
    int signed = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] spoilt = mutations.of(seeds.get(i % seeds.size()));
      OcspReply answer = answer(spoilt);
      assertThat(answer.code())
          .as(() -> HexFormat.of().formatHex(spoilt))
          .isIn(SUCCESSFUL, MALFORMED, UNAUTHORIZED);
      if (answer.code() == SUCCESSFUL) {
        assertThat(answer.singles()).isNotEmpty();
        assertThat(signed++ % 50 > 0 || answer.isSignedUnder(ISSUER)).isTrue();
      }
    }
    assertThat(signed).as("so that the depths are reached").isGreaterThan(CASES / 100);
  }

  private static OcspReply answer(byte[] spoilt) {
    try {
      return new OcspReply(bed.desk.answer(spoilt).octets());
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(HexFormat.of().formatHex(spoilt), e);
    }
  }

  @Test
  @DisplayName("S18: over HTTP a spoilt request is an OCSP response, or a clean 4xx without a body")
  void spoiltOverHttp() throws IOException {
    Mutations mutations = new Mutations(SEED + 1);
    Random random = new Random(SEED);
    List<byte[]> seeds = seeds();
    for (int i = 0; i < OVER_HTTP; i++) {
      byte[] spoilt = mutations.of(seeds.get(i % seeds.size()));
      requireClean(client.post("/ocsp", spoilt), Set.of(200, 413));
      String path = spoil(Base64.getEncoder().encodeToString(spoilt), random);
      requireClean(client.get("/ocsp/" + path), Set.of(200, 400, 404, 414, 431));
    }
  }

  private static void requireClean(Reply reply, Set<Integer> statuses) {
    assertThat(reply.status()).as(reply.head()).isIn(statuses);
    if (reply.status() == 200) {
      assertThat(new OcspReply(reply.body()).code()).isIn(SUCCESSFUL, MALFORMED, UNAUTHORIZED);
    } else {
      assertThat(reply.body()).isEmpty();
    }
  }

  @Test
  @DisplayName("S18: a path is decoded to fewer octets than it is long, or to nothing")
  void spoiltPaths() {
    Random random = new Random(SEED);
    String base64 = Base64.getEncoder().encodeToString(DeskFixture.question(VALID));
    int decoded = 0;
    for (int i = 0; i < CASES; i++) {
      String path = spoil(base64, random);
      Optional<byte[]> octets = OcspPath.decode(path);
      assertThat(octets.map(it -> it.length).orElse(0)).as(path).isLessThan(path.length() + 1);
      decoded += octets.isPresent() ? 1 : 0;
    }
    assertThat(decoded).isBetween(CASES / 20, CASES - CASES / 20);
  }

  /** Escapes some of it, and puts in or takes out what does not belong there. */
  private static String spoil(String base64, Random random) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < base64.length(); i++) {
      char c = base64.charAt(i);
      int kind = random.nextInt(100);
      if (kind < 20 || c == '/') {
        path.append(String.format(kind % 2 == 0 ? "%%%02x" : "%%%02X", (int) c));
      } else {
        path.append(c);
      }
    }
    String[] odd = {"%", "%4", "%zz", "%00", "%0a", "/", "//", "=", "%2f", "A", "%FF", ".", "+"};
    for (int i = random.nextInt(3); i > 0; i--) {
      path.insert(random.nextInt(path.length() + 1), odd[random.nextInt(odd.length)]);
    }
    if (random.nextInt(4) == 0) {
      path.setLength(random.nextInt(path.length() + 1));
    }
    return new String(path.toString().getBytes(US_ASCII), US_ASCII);
  }

  private static List<byte[]> seeds() {
    OcspQuestion several = new OcspQuestion(ISSUER, OcspQuestion.SHA_256).about(VALID).nonce(16);
    return List.of(
        DeskFixture.question(VALID),
        several.about(serial(77)).encoded(),
        foreign().about(VALID).encoded(),
        new OcspQuestion(ISSUER, OcspQuestion.SHA_512).about(VALID).encoded());
  }

  private static OcspQuestion foreign() {
    return new OcspQuestion(new TestPki(TestPki.NOW).issuing().certificate()).about(VALID);
  }

  private static byte[] nonce(int length) {
    return new OcspQuestion(ISSUER).about(VALID).nonce(length).encoded();
  }

  private static byte[] certificates(int count) {
    OcspQuestion many = new OcspQuestion(ISSUER);
    for (int i = 1; i <= count; i++) {
      many.about(BigInteger.valueOf(i));
    }
    return many.encoded();
  }

  private static byte[] indefinite(byte[] request) {
    byte[] changed = Arrays.copyOf(request, request.length + 2);
    changed[1] = (byte) 0x80;
    return changed;
  }
}
