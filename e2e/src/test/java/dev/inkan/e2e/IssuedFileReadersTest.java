package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.Der;
import dev.inkan.e2e.Command.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the flow hands out, opened and judged by programs that know nothing of Inkan. */
@Execution(ExecutionMode.CONCURRENT)
class IssuedFileReadersTest {

  private static final ZoneId BANK = ZoneId.of("Asia/Tokyo");
  private static final String SUBSCRIBERS = "1.3.6.1.4.1.32473.1.1.1";

  /** A user of each kind of key; between them their passwords hold every symbol of ASCII. */
  enum Kind {
    DEFAULT("kagi0001", "aB3!\"#$%&'()", "Public-Key: (3072 bit)"),
    RSA_2048("kagi0002", "aB3*+,-./:;<", "Public-Key: (2048 bit)"),
    P_256("kagi0003", "aB3=>?@[\\]^_", "NIST CURVE: P-256"),
    P_384("kagi0004", "aB3`{|}~", "NIST CURVE: P-384");

    private final String userId;
    private final String password;
    private final String key;

    Kind(String userId, String password, String key) {
      this.userId = userId;
      this.password = password;
      this.key = key;
    }

    User user() {
      return new User(userId, password);
    }

    boolean isRsa() {
      return this == DEFAULT || this == RSA_2048;
    }

    /** The setting, as the environment says it; nothing where the default is meant. */
    List<String> launcher() {
      String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
      return this == DEFAULT ? List.of() : List.of("env", "INKAN_AUTHORITY_SUBSCRIBER_KEY=" + name);
    }
  }

  @TempDir private static Path folder;

  private static final Map<Kind, Path> FILES = new EnumMap<>(Kind.class);
  private static Installation installation;
  private static LocalDate issuedOn;

  @BeforeAll
  static void issue() {
    installation =
        Installation.make(folder, "")
            .users(
                List.of(Kind.values()).stream()
                    .map(kind -> kind.user().line())
                    .toArray(String[]::new));
    // All on one day of the bank's calendar, whichever that is.
    issuedOn = LocalDate.now(BANK);
    for (Kind kind : Kind.values()) {
      try (ServerProcess server = installation.serve(kind.launcher())) {
        User user = kind.user();
        FILES.put(kind, installation.issue(user.userId(), user.password(), user.mail(), folder));
        assertThat(server.isAlive()).isTrue();
      }
    }
  }

  @AfterAll
  static void stop() {
    installation.close();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("A10")
  @DisplayName("five independent readers open the file with the login password and with no other")
  void readers(Kind kind) {
    Map<String, BiFunction<Path, String, Outcome>> readers = new LinkedHashMap<>();
    readers.put("openssl", Readers::openssl);
    readers.put("nss", Readers::nss);
    readers.put("gnutls", Readers::gnutls);
    readers.put("jdk", Readers::jdk);
    readers.put("python", Readers::python);
    readers.forEach(
        (name, reader) -> {
          String userId = kind.userId;
          assertThat(reader.apply(file(kind), kind.password).orFail().output())
              .as(name)
              .contains(userId);
          assertThat(reader.apply(file(kind), "Wr0ng!pass").exit()).as(name).isNotZero();
        });
    assertThat(Readers.openssl(file(kind), kind.password).output())
        .contains("MAC: sha256, Iteration 100000")
        .contains("PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256")
        .contains("Microsoft Software Key Storage Provider")
        .contains("BEGIN PRIVATE KEY");
  }

  @ParameterizedTest
  @EnumSource
  @Tag("A1")
  @Tag("S7")
  @DisplayName("openssl verifies the chain for a client alone, to the last second of day 366")
  void chain(Kind kind) {
    Path leaf = Readers.leaf(file(kind), kind.password);
    Path chain = Readers.chain(file(kind), kind.password);
    Path root = rootPem();
    assertThat(Readers.verify(root, chain, leaf).orFail().output()).contains("OK");
    for (String purpose : List.of("sslserver", "smimesign", "timestampsign")) {
      assertThat(Readers.verify(root, chain, leaf, purpose).exit()).as(purpose).isNotZero();
    }
    ZonedDateTime end = issuedOn.plusDays(365).atTime(LocalTime.of(23, 59, 59)).atZone(BANK);
    assertThat(certificate(kind).getNotAfter().toInstant()).isEqualTo(end.toInstant());
    assertThat(Readers.notAfter(leaf))
        .isEqualTo("notAfter=" + end.toInstant().toString().replace('T', ' '));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the leaf's encoding has no fault, and says what the profile says")
  void profile(Kind kind) throws Exception {
    Path der = folder.resolve(kind + ".der");
    Files.write(der, certificate(kind).getEncoded());
    assertThat(Command.run("dumpasn1", "-a", der.toString()).output())
        .contains("0 warnings, 0 errors");
    String text =
        Command.run(
                "openssl",
                "x509",
                "-inform",
                "DER",
                "-in",
                der.toString(),
                "-noout",
                "-text",
                "-nameopt",
                "RFC2253,-esc_msb,utf8")
            .orFail()
            .output();
    assertThat(text)
        .contains("Subject: CN=" + kind.userId + ",O=みほん教職員組合,C=JP")
        .contains(kind.key)
        .contains("CA Issuers - URI:http://localhost:8080/ca/issuing.cer")
        .contains("OCSP - URI:http://localhost:8080/ocsp")
        .contains("URI:http://localhost:8080/crl/issuing.crl")
        .contains("Policy: " + SUBSCRIBERS + "\n")
        .contains("X509v3 Subject Key Identifier")
        .contains("X509v3 Authority Key Identifier")
        .contains("X509v3 Basic Constraints: \n                CA:FALSE")
        .contains("X509v3 Extended Key Usage: \n                TLS Web Client Authentication\n")
        .contains(
            "X509v3 Key Usage: critical\n                Digital Signature"
                + (kind.isRsa() ? ", Key Encipherment\n" : "\n"));
    assertThat(certificate(kind).getSerialNumber().bitLength()).isBetween(100, 128);
    assertThat(certificate(kind).getSigAlgName()).isEqualTo("SHA384withECDSA");
  }

  @Test
  @Tag("A9")
  @Tag("A11")
  @DisplayName("the file bears the user ID and the time, and its key is its own")
  void namesAndKeys() {
    FILES.forEach(
        (kind, file) ->
            assertThat(file.getFileName().toString()).matches(kind.userId + "[0-9]{14}\\.p12"));
    assertThat(
            FILES.keySet().stream()
                .map(kind -> certificate(kind).getPublicKey())
                .collect(Collectors.toSet()))
        .hasSize(FILES.size());
  }

  private static Path file(Kind kind) {
    return Optional.ofNullable(FILES.get(kind)).orElseThrow();
  }

  private static X509Certificate certificate(Kind kind) {
    FlowClient.IssuedFile file =
        new FlowClient.IssuedFile("", Der.copyOf(Readers.octets(file(kind))));
    return KillEvidence.Received.open(kind.userId, kind.password, file).leaf();
  }

  /** The trust anchor as PEM, whatever form the file has. */
  private static Path rootPem() {
    return Installation.writePem(folder.resolve("root.pem"), installation.root());
  }
}
