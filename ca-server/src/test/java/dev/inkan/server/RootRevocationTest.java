package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.authority.Host;
import dev.inkan.server.assembly.Server;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayName("An issuing CA whose key is stolen is put on the root's CRL")
@Tag("S9")
class RootRevocationTest {

  /** Ports of its own, and no keys of users. */
  private static final Map<String, String> SMALL =
      Map.of(
          "INKAN_WEB_PORT", "0",
          "INKAN_STATUS_PORT", "0",
          "INKAN_ADMIN_PORT", "0",
          "INKAN_MANAGEMENT_PORT", "0",
          "INKAN_AUTHORITY_SUBSCRIBER_KEY", "p-256",
          "INKAN_AUTHORITY_KEY_POOL_SIZE", "0",
          "INKAN_ROLES", "status,jobs");

  private final SecureRandom random = new SecureRandom();
  private Path folder;

  private record Run(int status, String out, String err) {}

  @BeforeEach
  void install(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Files.writeString(folder.resolve("inkan.yaml"), TestServer.CONFIGURATION);
    FreshInstallation.into(folder);
  }

  private Run rootCrl(Optional<Boolean> answer, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        InkanServer.commandLine(Clock.systemUTC(), random, question -> answer)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    List<String> arguments = new ArrayList<>(List.of("root-crl"));
    arguments.addAll(List.of("--config", folder.resolve("inkan.yaml").toString()));
    Stream.of(more).forEach(arguments::add);
    int status = line.execute(arguments.toArray(String[]::new));
    assertThat(err.toString()).as("no stack trace").doesNotContain("\tat ");
    return new Run(status, out.toString(), err.toString());
  }

  @Test
  @DisplayName("it is shown and asked about; without a yes, or of an unknown CA, nothing is done")
  void asks() throws Exception {
    Run no = rootCrl(Optional.of(false), "--revoke", "issuing");
    Run nobody = rootCrl(Optional.empty(), "--revoke", "issuing");
    Run unknown = rootCrl(Optional.of(true), "--revoke", "issuing-2");
    Run noName = rootCrl(Optional.of(true), "--revoke", "../issuing");
    String issuing = folder.resolve("keys/issuing.p12").toString();
    String passphrase = folder.resolve("keys/issuing.passphrase").toString();
    Run notTheRoot =
        rootCrl(
            Optional.of(true),
            "--revoke",
            "issuing",
            "--key-file",
            issuing,
            "--passphrase-file",
            passphrase);

    assertThat(no.status()).isEqualTo(4);
    assertThat(no.err())
        .contains("Issuing CA 1", "SHA-256", "for good", "the one that issues", "Nothing was");
    assertThat(nobody.status()).isEqualTo(4);
    assertThat(nobody.err()).contains("repeat with --yes");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.err()).contains("there is no issuing CA issuing-2", "there are issuing.");
    assertThat(noName.status()).isEqualTo(2);
    assertThat(notTheRoot.status()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("data/journal.log"))).doesNotContain("revoked");
  }

  @Test
  @DisplayName("S9: once revoked it stays so: in the CRL, repeated, and after an older database")
  void revokes() throws Exception {
    Path database = folder.resolve("data/inkan.mv.db");
    Path before = Files.copy(database, folder.resolve("before.mv.db"));

    Run done = rootCrl(Optional.of(true), "--revoke", "issuing");

    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.out()).contains("Issuing CA issuing (", ") is revoked.", "valid for 400 days");
    X509CRL first = published();
    assertThat(first.getRevokedCertificate(issuingCa()).getRevocationReason())
        .isEqualTo(CRLReason.CA_COMPROMISE);

    Run again = rootCrl(Optional.empty(), "--revoke", "issuing", "--yes");
    assertThat(again.status()).isZero();
    assertThat(again.out()).contains("was revoked before");

    Files.copy(before, database, StandardCopyOption.REPLACE_EXISTING);
    assertThat(rootCrl(Optional.empty()).status()).isZero();
    X509CRL afterRestore = published();
    assertThat(afterRestore.getRevokedCertificate(issuingCa())).isNotNull();
    assertThat(afterRestore.getThisUpdate()).isAfter(first.getThisUpdate());
  }

  /** What a server that starts publishes as the root's CRL. */
  private X509CRL published() throws IOException, GeneralSecurityException {
    InkanConfig config = ConfigFile.load(folder.resolve("inkan.yaml"), SMALL);
    Host host = new Host(Clock.systemUTC(), random, config.node());
    try (Server server = Server.start(CheapPasswords.in(config), host)) {
      assertThat(server.ports().status()).isPresent();
      byte[] octets = Files.readAllBytes(config.crl().folder().resolve("root.crl"));
      X509CRL crl = (X509CRL) factory().generateCRL(new ByteArrayInputStream(octets));
      crl.verify(certificate("keys/root.cer").getPublicKey());
      return crl;
    }
  }

  private X509Certificate issuingCa() throws IOException, GeneralSecurityException {
    return certificate("keys/chain.pem");
  }

  private X509Certificate certificate(String file) throws IOException, GeneralSecurityException {
    byte[] octets = Files.readAllBytes(folder.resolve(file));
    return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(octets));
  }

  private static CertificateFactory factory() throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509");
  }
}
