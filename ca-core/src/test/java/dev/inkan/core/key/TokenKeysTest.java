package dev.inkan.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.inkan.core.authority.Ceremony;
import dev.inkan.core.authority.CeremonyPlan;
import dev.inkan.core.authority.CeremonyResult;
import dev.inkan.core.authority.IssuingCaCertificates;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.issue.CertificationRequest;
import dev.inkan.core.issue.SubjectName;
import dev.inkan.core.key.KeyUnavailableException.Reason;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.SoftHsm;
import dev.inkan.core.testing.TestPki;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("S18")
@DisplayName("Keys in a token, through PKCS#11")
class TokenKeysTest {

  private static final AtomicInteger NAMES = new AtomicInteger();

  @TempDir private Path folder;

  private final SecureRandom random = new SecureRandom();
  private final CryptoProviders providers = CryptoProviders.bouncyCastle();
  private final AtomicInteger askedForPin = new AtomicInteger();
  private final Token token = token(SoftHsm.LIBRARY, SoftHsm.LABEL, SoftHsm.PIN);
  private final TokenKeys keys = new TokenKeys(token, providers, random);
  private final String name = "test-" + NAMES.incrementAndGet();

  @BeforeEach
  void tokens() {
    SoftHsm.start();
  }

  private Token token(Path library, String label, String pin) {
    return new Token(
        new TokenSettings(library, label, Duration.ofMillis(50)),
        () -> {
          askedForPin.incrementAndGet();
          return Passphrase.copyOf(pin.toCharArray());
        });
  }

  /** A root and an issuing CA in the token. */
  private CeremonyResult ceremony() {
    return new Ceremony(
            new dev.inkan.core.authority.Host(new MutableClock(TestPki.NOW), random, TestPki.NODE),
            providers,
            keys.maker("root", name + "-root"),
            keys.maker("issuing", name))
        .perform(
            new CeremonyPlan(
                TestPki.ORGANISATION,
                "Token Root CA",
                "Token Issuing CA",
                KeyAlgorithm.P_384,
                TestPki.PUBLICATION,
                TestPki.POLICIES));
  }

  private Credential issuing() {
    CeremonyResult made = ceremony();
    Credential unused = keys.keep("root", name + "-root", made.root().credential().chain());
    return keys.keep("issuing", name, made.issuing().credential().chain());
  }

  private static byte[] sign(IssuerKey key) throws Exception {
    ContentSigner signer = key.newSigner();
    try (OutputStream out = signer.getOutputStream()) {
      out.write("tbs".getBytes(StandardCharsets.UTF_8));
    }
    return signer.getSignature();
  }

  private void assertSigns(Credential key) throws Exception {
    var verifier =
        new JcaContentVerifierProviderBuilder()
            .setProvider(providers.forVerification())
            .build(new X509CertificateHolder(key.certificate().toByteArray()))
            .get(key.newSigner().getAlgorithmIdentifier());
    try (OutputStream out = verifier.getOutputStream()) {
      out.write("tbs".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(verifier.verify(sign(key))).isTrue();
  }

  @Test
  @DisplayName("A ceremony makes root and issuing key inside; both are found again and sign")
  void ceremonyInside() throws Exception {
    CeremonyResult made = ceremony();
    Credential root = keys.keep("root", name + "-root", made.root().credential().chain());
    Credential issuing = keys.keep("issuing", name, made.issuing().credential().chain());

    assertThat(issuing.chain()).isEqualTo(made.issuing().credential().chain());
    assertThat(root.chain()).containsExactly(issuing.chain().get(1));
    Credential again =
        new TokenKeys(token(SoftHsm.LIBRARY, SoftHsm.LABEL, SoftHsm.PIN), providers, random)
            .load("issuing", name);
    assertThat(again.chain()).isEqualTo(issuing.chain());
    assertThat(again.algorithm()).isEqualTo(KeyAlgorithm.P_384);
    assertSigns(again);
    assertSigns(root);
    assertThatThrownBy(() -> again.toPkcs12(Passphrase.copyOf("x".toCharArray())))
        .hasMessage("the key 'issuing' lives in a token and stays there");
    assertThat(Security.getProviders()).noneMatch(provider -> provider.getName().contains("Inkan"));
  }

  @Test
  @DisplayName("A key waits under its own certificate, asks, and takes the one that comes")
  void awaitsItsCertificate() throws Exception {
    CeremonyResult made = ceremony();
    Credential root = keys.keep("root", name + "-root", made.root().credential().chain());
    String next = name + "-2";
    Credential awaited =
        keys.keep(
            "issuing-2",
            next,
            AwaitedKey.of(
                    "issuing-2",
                    keys.maker("issuing-2", next).signingKey(KeyAlgorithm.P_384),
                    SubjectName.of(TestPki.ORGANISATION, "Token Issuing CA 2"),
                    TestPki.NOW)
                .chain());
    String request = CertificationRequest.of(awaited).toPem(awaited);
    Der certificate =
        new IssuingCaCertificates(
                root,
                TestPki.PUBLICATION.root(),
                new dev.inkan.core.authority.Host(
                    new MutableClock(TestPki.NOW), random, TestPki.NODE),
                providers)
            .certify(CertificationRequest.read(request, providers.forVerification()));

    Credential unused = keys.certify("issuing-2", next, List.of(certificate, root.certificate()));

    Credential again =
        new TokenKeys(token(SoftHsm.LIBRARY, SoftHsm.LABEL, SoftHsm.PIN), providers, random)
            .load("issuing-2", next);
    assertThat(again.chain()).containsExactly(certificate, root.certificate());
    assertSigns(again);
  }

  @Test
  @DisplayName("The token goes away: told so; it comes back: it signs again, by itself")
  void awayAndBack() throws Exception {
    Credential issuing = issuing();
    ContentSigner begun = issuing.newSigner();

    SoftHsm.without(
        () -> {
          assertFailure(() -> sign(issuing), Reason.TOKEN_AWAY);
          assertFailure(issuing::requireReady, Reason.TOKEN_AWAY);
          assertFailure(() -> issuing.messageSigner().sign(new byte[3], 0, 3), Reason.TOKEN_AWAY);
        });

    await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> sign(issuing) != null);
    issuing.requireReady();
    assertSigns(issuing);
    assertThat(assertFailure(begun::getSignature, Reason.TOKEN_AWAY))
        .hasMessageContaining("the library started anew");
  }

  @Test
  @DisplayName("The sessions are lost: the next signature logs in anew, and nobody notices")
  void sessionLost() throws Exception {
    Credential issuing = issuing();
    MessageSigner signer = issuing.messageSigner();
    int before = askedForPin.get();

    logOut();
    assertThat(sign(issuing)).isNotEmpty();
    logOut();
    assertThat(signer.sign(new byte[3], 0, 3)).isNotEmpty();

    assertThat(askedForPin).hasValue(before + 2);
  }

  /** For the whole process, as a token does that was reset. */
  private void logOut() throws Exception {
    Cryptoki cryptoki = Cryptoki.of(SoftHsm.LIBRARY);
    long slot =
        cryptoki.tokens().stream()
            .filter(it -> it.label().equals(SoftHsm.LABEL))
            .findFirst()
            .orElseThrow()
            .slot();
    ((AuthProvider) cryptoki.provider(slot, "")).logout();
  }

  @Test
  @DisplayName("Eight threads sign while the token goes and comes: no signature is wrong")
  void manyThreads() throws Exception {
    Credential issuing = issuing();
    List<Integer> signed = new java.util.concurrent.CopyOnWriteArrayList<>();
    Thread[] threads =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          while (signed.size() < 200) {
                            try {
                              assertSigns(issuing);
                              signed.add(i);
                            } catch (KeyUnavailableException away) {
                              Thread.onSpinWait();
                            } catch (Exception | AssertionError e) {
                              throw new IllegalStateException(e);
                            }
                          }
                        }))
            .toArray(Thread[]::new);
    List<Throwable> wrong = new java.util.concurrent.CopyOnWriteArrayList<>();
    for (Thread thread : threads) {
      thread.setUncaughtExceptionHandler((t, e) -> wrong.add(e));
      thread.start();
    }
    for (int i = 0; i < 3; i++) {
      int seen = signed.size();
      await().atMost(Duration.ofSeconds(20)).until(() -> signed.size() > seen || !wrong.isEmpty());
      SoftHsm.without(() -> assertFailure(() -> sign(issuing), Reason.TOKEN_AWAY));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @DisplayName("A wrong PIN is tried once, and then never again")
  void wrongPin() {
    Token other = token(SoftHsm.LIBRARY, SoftHsm.LABEL, "00000000");
    TokenKeys refused = new TokenKeys(other, providers, random);
    try {
      logOut();
    } catch (Exception notLoggedIn) {
      assertThat(notLoggedIn).isNotNull();
    }

    KeyUnavailableException first =
        assertFailure(() -> refused.load("issuing", name), Reason.WRONG_PIN);
    KeyUnavailableException second =
        assertFailure(() -> refused.load("issuing", name), Reason.WRONG_PIN);

    assertThat(first).hasMessageContaining("was refused (CKR_PIN_INCORRECT); it was tried once");
    assertThat(second).hasMessageContaining("is not tried again until the next start");
    assertThat(List.of(first, second))
        .allSatisfy(it -> assertThat(it).message().doesNotContain("00000000"));
    assertThat(askedForPin).hasValue(1);
  }

  @Test
  @DisplayName("What cannot work is named: library, token, two tokens, key")
  void named() {
    assertThat(failure(folder.resolve("none.so"), SoftHsm.LABEL))
        .hasMessageContaining("none.so does not start");
    assertThat(failure(SoftHsm.LIBRARY, "other"))
        .hasMessageContaining("the token 'other' cannot be reached: no slot of")
        .hasMessageContaining("tokens there: [")
        .hasMessageContaining("inkan");
    assertThat(failure(SoftHsm.LIBRARY, SoftHsm.TWIN))
        .hasMessageContaining("2 tokens have the label 'twin'");
    assertFailure(() -> keys.load("issuing", name), Reason.MISSING);
  }

  private KeyUnavailableException failure(Path library, String label) {
    return catchThrowableOfType(
        KeyUnavailableException.class,
        () ->
            new TokenKeys(token(library, label, SoftHsm.PIN), providers, random)
                .load("issuing", name));
  }

  @Test
  @DisplayName("Refused: two keys of one name, a key that can be got out, another's certificate")
  void refused() throws Exception {
    Credential issuing = issuing();
    Credential unused = issuing;
    make(name, false);
    assertFailure(() -> keys.load("issuing", name), Reason.AMBIGUOUS);

    String open = name + "-open";
    make(open, true);
    assertFailure(() -> keys.load("issuing", open), Reason.EXTRACTABLE);

    String foreign = name + "-foreign";
    SigningKey other = keys.maker("issuing", foreign).signingKey(KeyAlgorithm.P_384);
    assertThat(other.publicKey()).isNotNull();
    List<Der> chain = issuing.chain();
    assertFailure(
        () -> keys.keep("issuing", foreign, chain), Reason.KEY_DOES_NOT_MATCH_CERTIFICATE);
  }

  /** A key as some other program might make it. */
  private void make(String label, boolean extractable) {
    boolean made =
        token.use(
            "test",
            connection -> {
              String attributes =
                  String.join(
                      "\n",
                      "attributes(generate,CKO_PRIVATE_KEY,*) = {",
                      "CKA_TOKEN = true",
                      "CKA_SENSITIVE = true",
                      "CKA_EXTRACTABLE = " + extractable,
                      "CKA_LABEL = 0h"
                          + java.util.HexFormat.of()
                              .formatHex(label.getBytes(StandardCharsets.UTF_8)),
                      "}",
                      "");
              return CryptoProviders.keyPair(
                          KeyAlgorithm.P_256,
                          connection.cryptoki().provider(connection.slot(), attributes),
                          random)
                      .getPrivate()
                      .getEncoded()
                  == null;
            });
    assertThat(made).isTrue();
  }

  @Test
  @DisplayName("Another key takes the name: the one before signs no more, and the CA's stay")
  void replaced() throws Exception {
    Credential issuing = issuing();
    String responder = name + "-responder";
    Credential first = keep(issuing, responder);
    assertSigns(first);

    Credential second = keep(issuing, responder);

    assertThat(second.certificate()).isNotEqualTo(first.certificate());
    assertThat(keys.certificate("responder", responder)).contains(second.certificate());
    assertSigns(second);
    assertFailure(() -> sign(first), Reason.KEY_DOES_NOT_MATCH_CERTIFICATE);
    assertSigns(keys.load("issuing", name));
  }

  private Credential keep(Credential issuing, String object) {
    var made =
        new dev.inkan.core.authority.AuditCertificates(
                new dev.inkan.core.authority.IssuingCa(
                    dev.inkan.core.certificate.CaName.ISSUING,
                    issuing,
                    TestPki.PUBLICATION.issuing(),
                    TestPki.POLICIES,
                    dev.inkan.core.policy.KeyPolicy.BANK,
                    providers,
                    random),
                new dev.inkan.core.authority.Host(
                    new MutableClock(TestPki.NOW), random, TestPki.NODE),
                keys.maker("audit", object))
            .make(TestPki.ORGANISATION);
    return keys.keep("audit", object, made.credential().chain());
  }

  @Test
  @DisplayName("RSA-3072 works as well")
  void rsa() throws Exception {
    SigningKey key = keys.maker("rsa", name).signingKey(KeyAlgorithm.RSA_3072);
    byte[] message = "tbs".getBytes(StandardCharsets.UTF_8);
    byte[] signature = key.messageSigner().sign(message, 0, message.length);

    var verifier = java.security.Signature.getInstance("SHA256withRSA");
    verifier.initVerify(key.publicKey());
    verifier.update(Arrays.copyOf(message, message.length));
    assertThat(verifier.verify(signature)).isTrue();
  }

  /**
   * Another JDK's PKCS#11 is another program. Without the property or the variable the test repeats
   * what it is part of, in a process of its own.
   */
  @Test
  @DisplayName("The JDK that INKAN_OTHER_JDK or -Dinkan.other.jdk names does the same")
  void otherJdk() throws Exception {
    String home =
        System.getProperty(
            "inkan.other.jdk",
            System.getenv().getOrDefault("INKAN_OTHER_JDK", System.getProperty("java.home")));
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(home, "bin/java").toString(),
            "--add-opens",
            "jdk.crypto.cryptoki/sun.security.pkcs11.wrapper=ALL-UNNAMED",
            "-cp",
            classes,
            Elsewhere.class.getName());
    builder
        .environment()
        .put("SOFTHSM2_CONF", folder.toAbsolutePath().resolve("softhsm2.conf").toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).as(home).contains("signed, away, signed again");
  }

  /** The test's own scenes in another JVM. */
  static final class Elsewhere {

    private Elsewhere() {}

    public static void main(String[] arguments) throws Exception {
      SoftHsm.start();
      TokenKeysTest test = new TokenKeysTest();
      test.ceremonyInside();
      test.awayAndBack();
      System.out.println("signed, away, signed again on JDK " + Runtime.version().feature());
    }
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private static KeyUnavailableException assertFailure(Attempt attempt, Reason reason) {
    KeyUnavailableException failure =
        catchThrowableOfType(KeyUnavailableException.class, attempt::run);
    assertThat(failure).isNotNull();
    assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
    return failure;
  }
}
