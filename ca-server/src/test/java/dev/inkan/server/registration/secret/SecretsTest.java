package dev.inkan.server.registration.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.server.registration.access.SourceBudget;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes, seals, tokens and codes. */
final class SecretsTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final PasswordHasher.Cost CHEAP = new PasswordHasher.Cost(64, 1, 1);

  private static LoginPassword password(String text) {
    return LoginPassword.parse(text.toCharArray()).orElseThrow();
  }

  @Test
  @DisplayName("A hash is a salted PHC string that only its password verifies")
  void hash() {
    PasswordHasher hasher = new PasswordHasher(new PasswordHasher.Cost(19_456, 2, 1), RANDOM);
    PasswordHash hash = hasher.hash(password("Inkan#2026"));

    assertThat(hash.phc())
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(hasher.verify(password("Inkan#2026"), hash)).isTrue();
    assertThat(hasher.verify(password("Inkan#2027"), hash)).isFalse();
    assertThat(hasher.hash(password("Inkan#2026"))).isNotEqualTo(hash);
    assertThat(hasher.isOutdated(hash)).isFalse();
    assertThat(hash.toString()).doesNotContain("$");
  }

  @Test
  @DisplayName("A hash made at another cost verifies, and should be made anew")
  void outdatedHash() {
    PasswordHasher other = new PasswordHasher(new PasswordHasher.Cost(128, 3, 2), RANDOM);
    PasswordHasher ours = new PasswordHasher(CHEAP, RANDOM);
    PasswordHash hash = other.hash(password("Inkan#2026"));

    assertThat(ours.verify(password("Inkan#2026"), hash)).isTrue();
    assertThat(ours.verify(password("Inkan#2027"), hash)).isFalse();
    assertThat(ours.isOutdated(hash)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$",
        "$argon2id$v=16$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaA",
        "$argon2id$v=19$m=64,t=1$c2FsdHNhbHQ$aGFzaA",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGF zaA",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaA$x"
      })
  @DisplayName("A damaged hash is refused without showing it")
  void damagedHash(String phc) {
    PasswordHasher hasher = new PasswordHasher(CHEAP, RANDOM);

    assertThatThrownBy(() -> hasher.verify(password("Inkan#2026"), new PasswordHash(phc)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("$");
    assertThatThrownBy(() -> new PasswordHash("$2y$10$abc"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("What is sealed opens with its key and purpose alone, whole alone")
  void seal() {
    SealKey key = SessionToken.random(RANDOM).sealKey();
    byte[] secret = "Inkan#2026".getBytes(StandardCharsets.US_ASCII);
    SealedSecret sealed = key.seal(secret, "login password", RANDOM);

    assertThat(opened(key, sealed, "login password")).contains("Inkan#2026");
    assertThat(opened(key, sealed, "pkcs12")).isEmpty();
    assertThat(opened(SessionToken.random(RANDOM).sealKey(), sealed, "login password")).isEmpty();
    assertThat(key.seal(secret, "login password", RANDOM)).isNotEqualTo(sealed);
    byte[] octets = sealed.toByteArray();
    for (int i = 0; i < octets.length; i++) {
      byte[] changed = octets.clone();
      changed[i] ^= 1;
      assertThat(opened(key, SealedSecret.copyOf(changed), "login password")).isEmpty();
      byte[] cut = Arrays.copyOf(octets, i);
      assertThat(opened(key, SealedSecret.copyOf(cut), "login password")).isEmpty();
    }
    assertThat(key.toString()).isEqualTo("SealKey[redacted]");
  }

  private static Optional<String> opened(SealKey key, SealedSecret sealed, String purpose) {
    return key.open(sealed, purpose).map(it -> new String(it, StandardCharsets.US_ASCII));
  }

  @Test
  @Tag("S2")
  @DisplayName("S2: a token has 256 bits and one spelling, and is stored as a hash")
  void token() {
    SessionToken token = SessionToken.random(RANDOM);
    String text = token.reveal();

    assertThat(text).hasSize(43);
    assertThat(SessionToken.parse(text).map(SessionToken::hash)).contains(token.hash());
    assertThat(token.hash().hex()).matches("[0-9a-f]{64}").isNotEqualTo(text);
    assertThat(token.toString()).doesNotContain(text);
    int spellings = 0;
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      String spelled = text.substring(0, 42) + alphabet.charAt(i);
      if (SessionToken.parse(spelled).filter(it -> it.hash().equals(token.hash())).isPresent()) {
        spellings++;
      }
    }
    assertThat(spellings).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAA+AAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAA あAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
      })
  void noToken(String text) {
    assertThat(SessionToken.parse(text)).isEmpty();
  }

  @Test
  @Tag("S3")
  @DisplayName("S3: the CSRF token is the session's own, and not its token")
  void csrf() {
    SessionToken token = SessionToken.random(RANDOM);
    SessionToken other = SessionToken.random(RANDOM);

    assertThat(token.acceptsCsrf(token.csrfToken())).isTrue();
    assertThat(token.acceptsCsrf(other.csrfToken())).isFalse();
    assertThat(token.acceptsCsrf("")).isFalse();
    assertThat(token.acceptsCsrf(token.csrfToken() + "A")).isFalse();
    assertThat(token.acceptsCsrf("あ")).isFalse();
    assertThat(token.csrfToken()).isNotEqualTo(token.reveal());
  }

  private static CodeBook book(int seed) {
    byte[] secret = new byte[InstallationSecret.OCTETS];
    Arrays.fill(secret, (byte) seed);
    return new CodeBook(InstallationSecret.copyOf(secret));
  }

  @Test
  @Tag("B12")
  @DisplayName("B12: a resend derives the same code; another application, counter or bank another")
  void codesAreDerived() {
    UUID id = new UUID(1, 2);
    String code = book(1).code(id, 1).reveal();

    assertThat(book(1).code(id, 1).reveal()).isEqualTo(code);
    assertThat(book(1).code(id, 2).reveal()).isNotEqualTo(code);
    assertThat(book(1).code(new UUID(1, 3), 1).reveal()).isNotEqualTo(code);
    assertThat(book(2).code(id, 1).reveal()).isNotEqualTo(code);
  }

  @Test
  @Tag("B12")
  @DisplayName("B12: codes are spread evenly, leading zeros included")
  void codesAreUniform() {
    CodeBook book = book(3);
    int[] counts = new int[10];
    int leadingZero = 0;
    int rounds = 20_000;
    for (int i = 0; i < rounds; i++) {
      String code = book.code(new UUID(7, i), 1).reveal();
      assertThat(code).hasSize(6);
      leadingZero += code.charAt(0) == '0' ? 1 : 0;
      code.chars().forEach(digit -> counts[digit - '0']++);
    }
    double expected = rounds * 6 / 10.0;
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    assertThat(chiSquare).isLessThan(40); // 9 degrees of freedom: one in 100,000 beyond
    assertThat(leadingZero).isBetween(1_800, 2_200);
  }

  @Test
  @DisplayName("A burst of log-ins: so many at once, so many wait, the others are told at once")
  void hashingGate() throws Exception {
    HashingGate gate = new HashingGate(2, 1);
    CountDownLatch finish = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Set<Future<Optional<Boolean>>> inside = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        inside.add(
            threads.submit(
                () ->
                    gate.pass(
                        () -> {
                          started.countDown();
                          Awaitility.await().until(() -> finish.getCount() == 0);
                          return true;
                        })));
      }
      started.await();
      Awaitility.await().until(() -> gate.pass(() -> true).isEmpty());
      finish.countDown();
      for (Future<Optional<Boolean>> one : inside) {
        assertThat(one.get()).contains(true);
      }
      assertThat(gate.pass(() -> true)).contains(true);
      assertThatThrownBy(
              () ->
                  gate.pass(
                      () -> {
                        throw new IllegalStateException("x");
                      }))
          .hasMessage("x");
      assertThat(gate.pass(() -> true)).as("a failure gives its place back").contains(true);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("A source has a budget of its own")
  void sourceBudget() {
    SourceBudget budget = new SourceBudget(3, Duration.ofHours(1));

    for (int i = 0; i < 3; i++) {
      assertThat(budget.admit("192.0.2.1")).isTrue();
    }
    assertThat(budget.admit("192.0.2.1")).isFalse();
    assertThat(budget.admit("192.0.2.2")).isTrue();
  }
}
