package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.server.assembly.Server;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.IssuingCas;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.store.FileJournal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Backups, and what is true after the way back from one. */
class BackupTest {

  private static final int REVOKED_LATER = 100;
  private static final int ISSUED_LATER = 20;
  private static final Actor CLERK = new Actor(Actor.Kind.OPERATOR, "clerk");
  private static final Clock CLOCK = Clock.systemUTC();
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private static Path folder;

  private static Path first;
  private static Path backup;
  private static Path passphrase;
  private static Path laterJournal;
  private static Path laterCrl;
  private static BigInteger laterCrlNumber;
  private static final List<SerialNumber> revokedLater = new ArrayList<>();
  private static final List<SerialNumber> unknownToTheBackup = new ArrayList<>();

  /** A backup; then a hundred revocations; then the disk is lost but for what is named. */
  @BeforeAll
  static void lifeOfAnInstallation() throws Exception {
    first = Files.createDirectory(folder.resolve("first"));
    FreshInstallation.into(first);
    configure(first, "node-1");
    passphrase = folder.resolve("passphrase");
    Files.writeString(passphrase, "correct horse battery staple\n");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
    inLedger(
        first,
        (storage, authority) -> {
          for (int i = 0; i < REVOKED_LATER; i++) {
            revokedLater.add(add(storage));
          }
        });
    backup = folder.resolve("inkan.backup");
    Run made = run(first, "backup", backup.toString(), passphraseFile());
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
        .isEqualTo("rw-------");
    inLedger(first, (storage, authority) -> revokedLater.forEach(it -> revoke(authority, it)));
    laterJournal = copy(first.resolve("data/journal.log"), folder.resolve("later-journal.log"));
    inLedger(
        first,
        (storage, authority) -> {
          for (int i = 0; i < ISSUED_LATER; i++) {
            SerialNumber serial = add(storage);
            unknownToTheBackup.add(serial);
            revoke(authority, serial);
          }
        });
    try (Server server = start(first)) {
      laterCrlNumber = crlNumber(crl(server));
    }
    // As gateways have it, of which the issuing CA's comes first.
    laterCrl =
        Files.writeString(
            folder.resolve("later.pem"),
            pem(first.resolve("data/crl/issuing.crl")) + pem(first.resolve("data/crl/root.crl")));
  }

  @Test
  @Tag("D2")
  @Tag("E1")
  @DisplayName("The journal survived: all 100 revocations since the backup count, in OCSP and CRL")
  void theJournalSurvived() throws Exception {
    Path place = emptyPlace("journal-survived");
    Files.createDirectories(place.resolve("data"));
    copy(laterJournal, place.resolve("data/journal.log"));

    Run restored = run(place, "restore", backup.toString(), passphraseFile());

    assertThat(restored.status()).as(restored.err()).isZero();
    assertThat(restored.out()).contains("The journal that was there goes on");
    try (Server server = start(place)) {
      assertRevoked(server, place, revokedLater);
      // The number is also later in time: no gateway ever sees a lower one.
      assertThat(crlNumber(crl(server))).isGreaterThan(laterCrlNumber);
    }
  }

  @Test
  @Tag("D2")
  @Tag("E2")
  @DisplayName("Only a gateway's CRL survived: what it revokes counts, known to the backup or not")
  void aCrlSurvived() throws Exception {
    Path place = emptyPlace("crl-survived");

    Run restored = run(place, "restore", backup.toString(), passphraseFile(), "--crl=" + laterCrl);

    assertThat(restored.status()).as(restored.err()).isZero();
    assertThat(restored.out())
        .contains(REVOKED_LATER + " certificates are revoked by the CRL of ")
        .contains("and " + ISSUED_LATER + " that the backup did not know");
    try (Server server = start(place)) {
      assertRevoked(server, place, revokedLater);
      assertRevoked(server, place, unknownToTheBackup);
      assertThat(crlNumber(crl(server))).isGreaterThan(laterCrlNumber);
    }
  }

  private static String pem(Path crl) throws IOException {
    return "-----BEGIN X509 CRL-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(Files.readAllBytes(crl))
        + "\n-----END X509 CRL-----\n";
  }

  private static void assertRevoked(Server server, Path place, List<SerialNumber> serials)
      throws Exception {
    X509CRL crl = crl(server);
    Der issuer = Authorities.certificateIn(place.resolve("keys/chain.pem"));
    for (SerialNumber serial : serials) {
      assertThat(crl.getRevokedCertificate(serial.value())).as("on the CRL").isNotNull();
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(status(server, "/ocsp"))
                      .header("Content-Type", "application/ocsp-request")
                      .POST(
                          HttpRequest.BodyPublishers.ofByteArray(
                              new OcspQuestion(issuer).about(serial).encoded()))
                      .build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      assertThat(new OcspReply(answer.body()).status())
          .as("by OCSP")
          .isInstanceOf(CertificateStatus.Revoked.class);
    }
  }

  @Test
  @DisplayName("Nothing is overwritten: keys that are there are named, and stay as they are")
  void nothingIsOverwritten() throws IOException {
    Path place = emptyPlace("occupied");
    Files.createDirectories(place.resolve("keys"));
    Path key = Files.writeString(place.resolve("keys/issuing.p12"), "another");

    Run restored = run(place, "restore", backup.toString(), passphraseFile());

    assertThat(restored.status()).isEqualTo(1);
    assertThat(restored.err()).contains(key.toString(), "Nothing was changed");
    assertThat(key).hasContent("another");
    assertThat(place.resolve("data")).doesNotExist();
  }

  @Test
  @DisplayName("A journal that did not go on from the backup's stops it before anything is written")
  void anotherJournal() throws IOException {
    Path place = emptyPlace("another-journal");
    Files.createDirectories(place.resolve("data"));
    Files.writeString(place.resolve("data/journal.log"), "inkan-journal 1 node-1 00\n");

    Run restored = run(place, "restore", backup.toString(), passphraseFile());

    assertThat(restored.status()).isEqualTo(1);
    assertThat(restored.err()).contains("does not go on from the backup's", "Nothing was changed");
    assertThat(place.resolve("keys")).doesNotExist();
  }

  @ParameterizedTest(name = "{0}: refused, and nothing was written")
  @CsvSource({
    "one octet in the middle is another, cannot be opened",
    "one octet of the seal is another, cannot be opened",
    "cut in the middle, cannot be opened",
    "cut by one octet, cannot be opened",
    "empty, cannot be opened",
    "not a backup, cannot be opened",
    "wrong passphrase, the passphrase is wrong",
    "another node, node",
    "a CRL of another CA, no CRL of the backup's issuing CA"
  })
  void refused(String fault, String says) throws Exception {
    Path place = emptyPlace(fault.replace(' ', '-'));
    Path file = folder.resolve(place.getFileName() + ".backup");
    byte[] whole = Files.readAllBytes(backup);
    List<String> arguments = new ArrayList<>(List.of("restore", file.toString()));
    String opener = passphraseFile();
    switch (fault) {
      case "one octet in the middle is another" -> whole[whole.length / 2] ^= 1;
      case "one octet of the seal is another" -> whole[whole.length - 10] ^= 1;
      case "cut in the middle" -> whole = java.util.Arrays.copyOf(whole, whole.length / 2);
      case "cut by one octet" -> whole = java.util.Arrays.copyOf(whole, whole.length - 1);
      case "empty" -> whole = new byte[0];
      case "not a backup" -> whole = "PK not a backup".getBytes(StandardCharsets.UTF_8);
      case "wrong passphrase" -> {
        Path wrong = copy(passphrase, folder.resolve("wrong"));
        Files.writeString(wrong, "wrong horse");
        opener = "--passphrase-file=" + wrong;
      }
      case "another node" -> configure(place, "node-2");
      default -> arguments.add("--crl=" + first.resolve("data/crl/root.crl"));
    }
    Files.write(file, whole);
    arguments.add(opener);

    Run restored = run(place, arguments.toArray(String[]::new));

    assertThat(restored.status()).isEqualTo(1);
    assertThat(restored.err()).contains(says);
    try (Stream<Path> left = Files.walk(place)) {
      assertThat(left.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
          .containsExactly("inkan.yaml");
    }
  }

  @Test
  @DisplayName("--check opens a backup, looks at every octet and leaves nothing behind")
  void check() throws IOException {
    Path place = emptyPlace("checked");

    Run checked = run(place, "restore", "--check", backup.toString(), passphraseFile());

    assertThat(checked.status()).as(checked.err()).isZero();
    assertThat(checked.out()).contains("A backup of node-1", "Every octet is as it was made");
    try (Stream<Path> left = Files.list(place)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  @DisplayName("No secret of the installation is readable in a backup; the root's key is not in it")
  void sealed() throws Exception {
    String text = Files.readString(backup, StandardCharsets.ISO_8859_1);
    assertThat(text)
        .doesNotContain(Files.readString(first.resolve("keys/issuing.passphrase")))
        .doesNotContain("keys/", "inkan-journal", "node-1");
    Path place = emptyPlace("without-root");
    run(place, "restore", backup.toString(), passphraseFile());
    assertThat(place.resolve("keys/issuing.p12")).exists();
    assertThat(place.resolve("keys/root.p12")).doesNotExist();
    assertThat(place.resolve("keys/root.passphrase")).doesNotExist();
    assertThat(place.resolve("keys/root.cer")).exists();
  }

  @Test
  @DisplayName("OpenSSL opens a backup too: it can be read when there is no Inkan any more")
  void opensslOpens() throws Exception {
    Path zip = folder.resolve("opened.zip");
    Process process =
        new ProcessBuilder(
                "openssl",
                "cms",
                "-decrypt",
                "-binary",
                "-inform",
                "DER",
                "-in",
                backup.toString(),
                "-out",
                zip.toString(),
                "-pwri_password",
                "correct horse battery staple")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(Files.readAllBytes(zip)).startsWith('P', 'K');
  }

  private interface Life {
    void live(Storage storage, RevocationAuthority<RegistrationStores> authority);
  }

  private static void inLedger(Path place, Life life) {
    InkanConfig config = config(place);
    try (Storage storage = Storage.open(config, CLOCK, RANDOM);
        FileJournal journal =
            new IssuingCas(config, host("node-1"), ClockPolicy.BANK, storage).journal()) {
      Authorities authorities = Authorities.open(config, host("node-1"), storage);
      life.live(storage, authorities.revocationAuthority(storage.transactions(), journal));
    }
  }

  private static SerialNumber add(Storage storage) {
    SerialNumber serial = SerialNumber.random(RANDOM);
    Instant now = CLOCK.instant();
    CertificateRecord entry =
        CertificateRecord.prepared(
                serial,
                CertificateKind.TLS_SERVER,
                CaName.ISSUING,
                new SubscriberId("tls-server"),
                Validity.lasting(Duration.ofDays(30), now),
                now,
                new NodeName("node-1"))
            .issued();
    storage
        .transactions()
        .inTransaction(
            stores -> {
              stores.certificates().restore(entry, Der.copyOf(serial.value().toByteArray()));
              return true;
            });
    return serial;
  }

  private static void revoke(
      RevocationAuthority<RegistrationStores> authority, SerialNumber serial) {
    authority.revoke(
        serial,
        new Revocation(RevocationReason.KEY_COMPROMISE, Optional.empty()),
        CLERK,
        (stores, it) -> {});
  }

  private static Server start(Path place) {
    return Server.start(CheapPasswords.in(config(place)), host("node-1"));
  }

  private static Host host(String node) {
    return new Host(CLOCK, RANDOM, new NodeName(node));
  }

  private static URI status(Server server, String path) {
    return URI.create("http://127.0.0.1:" + server.statusPort() + path);
  }

  private static X509CRL crl(Server server) throws Exception {
    byte[] der =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(status(server, "/crl/issuing.crl")).build(),
                HttpResponse.BodyHandlers.ofByteArray())
            .body();
    return (X509CRL)
        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
  }

  private static BigInteger crlNumber(X509CRL crl) {
    return org.bouncycastle.asn1.ASN1Integer.getInstance(
            org.bouncycastle.asn1.ASN1OctetString.getInstance(crl.getExtensionValue("2.5.29.20"))
                .getOctets())
        .getValue();
  }

  private static Path emptyPlace(String name) throws IOException {
    Path place = Files.createDirectory(folder.resolve(name));
    configure(place, "node-1");
    return place;
  }

  private static void configure(Path place, String node) throws IOException {
    Files.writeString(
        place.resolve("inkan.yaml"),
        """
        node: %s
        web: {port: 0, public-url: "https://localhost:8443"}
        status: {port: 0, base-url: "http://localhost:8080"}
        admin: {port: 0}
        mail: {host: 127.0.0.1, security: none, from: inkan@mihon-rokin.example}
        authority: {subscriber-key: p-256, key-pool-size: 1}
        """
            .formatted(node));
  }

  private static InkanConfig config(Path place) {
    return ConfigFile.load(place.resolve("inkan.yaml"), Map.of());
  }

  private static String passphraseFile() {
    return "--passphrase-file=" + passphrase;
  }

  private static Path copy(Path from, Path to) throws IOException {
    return Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private record Run(int status, String out, String err) {}

  private static Run run(Path place, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = InkanServer.commandLine(CLOCK, RANDOM);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all =
        Stream.concat(
                Stream.of(arguments), Stream.of("--config", place.resolve("inkan.yaml").toString()))
            .toArray(String[]::new);
    int status = line.execute(all);
    assertThat(err.toString()).as("no stack trace").doesNotContain("\tat ");
    return new Run(status, out.toString(), err.toString());
  }
}
