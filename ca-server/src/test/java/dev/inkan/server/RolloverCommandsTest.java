package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.authority.IssuingCaCertificates;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.CertificationRequest;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.key.Pkcs12IssuerKey;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.installation.Authorities;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The root's key elsewhere: a request goes out, a certificate comes in, as operators type it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("S7")
final class RolloverCommandsTest {

  private static final String BASE = "http://localhost:8080";

  private final SecureRandom random = new SecureRandom();
  private Path folder;
  private Path keys;
  private Path offline;
  private Path request;
  private Path certificate;

  private record Run(int status, String out, String err) {}

  @BeforeAll
  void install(@TempDir Path temporary) throws IOException {
    folder = Files.createDirectory(temporary.resolve("server"));
    offline = Files.createDirectory(temporary.resolve("offline"));
    Files.writeString(folder.resolve("inkan.yaml"), TestServer.CONFIGURATION);
    FreshInstallation.into(folder);
    keys = folder.resolve("keys");
    for (String file : List.of("root.p12", "root.passphrase")) {
      Files.move(keys.resolve(file), offline.resolve(file));
    }
    request = temporary.resolve("new.csr");
    certificate = temporary.resolve("new.pem");
  }

  private Run run(Optional<Boolean> answer, List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        InkanServer.commandLine(Clock.systemUTC(), random, question -> answer)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int status = line.execute(arguments.toArray(String[]::new));
    assertThat(err.toString()).as("no stack trace").doesNotContain("\tat ");
    return new Run(status, out.toString(), err.toString());
  }

  private Run rollover(Object... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("rollover", "--config", folder.resolve("inkan.yaml").toString()));
    Stream.of(more).map(Object::toString).forEach(arguments::add);
    return run(Optional.empty(), arguments);
  }

  private Run rootSign(Optional<Boolean> answer, Path csr, Path key, Object... more) {
    List<String> arguments = new ArrayList<>(List.of("root-sign", "--request", csr.toString()));
    arguments.addAll(List.of("--key-file", key.toString()));
    Path passphrase = key.resolveSibling(key.getFileName().toString().replace("p12", "passphrase"));
    arguments.addAll(List.of("--passphrase-file", passphrase.toString()));
    arguments.addAll(List.of("--base-url", BASE, "--out", certificate.toString()));
    Stream.of(more).map(Object::toString).forEach(arguments::add);
    return run(answer, arguments);
  }

  @Test
  @Order(1)
  void wrongUsage() {
    assertThat(rollover("--from", "2027-04-01T00:00:00+09:00").err())
        .contains("belong to --activate");
    assertThat(rollover("--root-key-file", offline.resolve("root.p12")).status()).isEqualTo(2);
    assertThat(rollover("--activate", "--from", "tomorrow").status()).isEqualTo(2);
    assertThat(rollover("--activate", "--request", request).status()).isEqualTo(2);
    Run standing = rollover();
    assertThat(standing.status()).as(standing.err()).isZero();
    assertThat(standing.out()).contains("issuing      issues", "Next: nothing");
    assertThat(rollover("--certificate", request).err()).contains("cannot be read");
    assertThat(rollover("--activate").err()).contains("issues already");
  }

  @Test
  @Order(2)
  @DisplayName("a request goes out, the key stays; asked for again it is the same")
  void request() throws IOException {
    Run made = rollover("--request", request);
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.out()).contains("public key", "root-sign", "The private key stays here");
    for (String file : List.of("issuing-2.p12", "issuing-2.passphrase")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve(file))))
          .isEqualTo("rw-------");
    }
    assertThat(rollover("--request", request).err()).contains("is there already");
    Path again = request.resolveSibling("again.csr");
    assertThat(hash(rollover("--request", again).out())).isEqualTo(hash(made.out()));
    assertThat(rollover().out()).contains("its certificate awaited", "Next: take the request");
  }

  private static String hash(String transcript) {
    return transcript.substring(transcript.indexOf("public key")).lines().limit(2).toList() + "";
  }

  @Test
  @Order(3)
  @DisplayName("the root signs after somebody looked: no cut request, by no other key, not unasked")
  void rootSigns() throws IOException {
    Path root = offline.resolve("root.p12");
    Path cut = request.resolveSibling("cut.csr");
    Files.writeString(cut, Files.readString(request).substring(0, 300));
    assertThat(rootSign(Optional.of(true), cut, root).err())
        .contains("cut.csr: it is cut off")
        .contains("Nothing was signed");
    assertThat(rootSign(Optional.of(true), request, keys.resolve("issuing.p12")).err())
        .contains("issuing.p12 is no root's key");
    Run nobody = rootSign(Optional.empty(), request, root);
    assertThat(nobody.status()).isEqualTo(4);
    assertThat(nobody.err()).contains("Issuing CA 2", "repeat with --yes");
    assertThat(rootSign(Optional.of(false), request, root).status()).isEqualTo(4);
    assertThat(certificate).doesNotExist();

    Run signed = rootSign(Optional.of(true), request, root);
    assertThat(signed.status()).as(signed.err()).isZero();
    assertThat(signed.out()).contains("Issuing CA 2", "SHA-256");
    assertThat(rootSign(Optional.empty(), request, root, "--yes").err()).contains("there already");
  }

  @Test
  @Order(4)
  @DisplayName("whatever comes in that is not what was asked for is refused, and changes nothing")
  void wrongCertificates() throws IOException {
    String right = Files.readString(certificate);
    Map<String, String> before = files();
    assertRefused(right.substring(0, 400), "it is cut off");
    assertRefused("", "there is no -----BEGIN CERTIFICATE-----");
    assertRefused(right + right, "more than one");
    assertRefused(right.replaceFirst("\nMII", "\n***"), "not base64");
    assertRefused(right.replaceFirst("\nMII", "\nAAA"), "cannot be read as a certificate");
    assertRefused(
        Pem.certificates(List.of(Authorities.certificateIn(keys.resolve("root.cer")))),
        "its key is not the one in the request");
    assertRefused(Files.readString(chainOfOne()), "its name is");
    TestPki strangers = new TestPki(Instant.now());
    CertificationRequest asked =
        CertificationRequest.read(
            Files.readString(request), strangers.providers().forVerification());
    assertRefused(
        Pem.certificates(List.of(certify(strangers, asked, BASE))), "this installation's root");
    assertThat(files()).isEqualTo(before);
  }

  private static Der certify(TestPki pki, CertificationRequest asked, String base) {
    return new IssuingCaCertificates(
            pki.root(),
            AuthorityUris.below(URI.create(base), "root").withoutOcsp(),
            pki.host(new MutableClock(Instant.now())),
            pki.providers())
        .certify(asked);
  }

  /** The first issuing CA's certificate alone. */
  private Path chainOfOne() throws IOException {
    Path file = offline.resolve("first.pem");
    Files.writeString(
        file, Pem.certificates(List.of(Authorities.certificateIn(keys.resolve("chain.pem")))));
    return file;
  }

  private void assertRefused(String text, String message) throws IOException {
    Path file = offline.resolve("wrong.pem");
    Files.writeString(file, text);
    Run run = rollover("--certificate", file);
    assertThat(run.status()).as(run.out()).isEqualTo(1);
    assertThat(run.err()).contains(message);
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(keys)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(path.toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  @Test
  @Order(5)
  @DisplayName("what was asked for comes in once; it begins only when gateways can know it")
  void takenIn() {
    Run taken = rollover("--certificate", certificate);
    assertThat(taken.status()).as(taken.err()).isZero();
    assertThat(taken.out()).contains("Issuing CA 2", "issuing-2.p12", "'rollover --activate'");
    assertThat(keys.resolve("issuing-2.p12")).exists();
    assertThat(keys.resolve("ceremony-2.txt")).exists();
    assertThat(Authorities.certificateIn(certificate)).isEqualTo(issuing2().certificate());
    assertThat(rollover("--certificate", certificate).err()).contains("no certificate is awaited");
    assertThat(rollover("--request", request.resolveSibling("more.csr")).err())
        .contains("does not issue yet");
    assertThat(rollover("--activate").err()).contains("no CRL of issuing-2 is published yet");
    assertThat(rollover().out()).contains("does not issue", "Next: copy its key file");
  }

  private Credential issuing2() {
    try (Passphrase passphrase =
        new SecretFile(keys.resolve("issuing-2.passphrase")).passphrase()) {
      return new Pkcs12IssuerKey(CryptoProviders.bouncyCastle(), random)
          .load("issuing-2", keys.resolve("issuing-2.p12"), passphrase);
    }
  }

  @Test
  @Order(6)
  @DisplayName("another root's key at hand is refused")
  void anotherRoot() {
    assertThat(
            rollover(
                    "--root-key-file",
                    keys.resolve("issuing.p12"),
                    "--root-passphrase-file",
                    keys.resolve("issuing.passphrase"))
                .err())
        .contains("not the key of this installation's root");
  }
}
