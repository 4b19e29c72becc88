package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.server.client.Site;
import dev.inkan.server.client.StatusClient;
import dev.inkan.server.client.Verdict;
import dev.inkan.server.installation.Authorities;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.x509.Extension;

/**
 * A server whose ledger is full of certificates in random states, another one that changed them,
 * and what is to be told of each.
 */
final class StatusScene implements AutoCloseable {

  private final TestServer server;
  private final Node other;
  private final StatusPopulation population;
  private final Site site;
  private final X509CRL base;

  /** Makes {@code count} certificates; half of what happens to them comes after {@link #base}. */
  StatusScene(Path folder, int count, Random random) {
    int port = TestServer.freePort();
    String address = "http://127.0.0.1:" + port;
    try {
      Path file = Files.writeString(folder.resolve("inkan.yaml"), TestServer.CONFIGURATION);
      // Two days old, so that certificates of its have ended.
      Clock then = Clock.offset(Clock.systemUTC(), Duration.ofDays(-2));
      FreshInstallation.make(file, Map.of("INKAN_STATUS_BASE_URL", address), then);
      this.site =
          new Site(Files.createDirectory(folder.resolve("site")), URI.create(address + "/ocsp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.server =
        TestServer.start(folder, "INKAN_STATUS_PORT", "" + port, "INKAN_STATUS_BASE_URL", address);
    this.other = new Node(server.config(), server.clock(), "other");
    this.population = new StatusPopulation(other, server, site);
    population.begin(count - 1, random);
    assertThat(server.administrator().post("/crls/publish").status()).isEqualTo(200);
    this.base = fetch("issuing.crl", "base");
    population.finish();
    awaitLast();
    fetch("root.crl", "root");
    X509CRL full = fetch("issuing.crl", "full");
    X509CRL delta = fetch("issuing-delta.crl", "delta");
    assertThat(number(delta, Extension.cRLNumber.getId()))
        .isEqualTo(number(full, Extension.cRLNumber.getId()));
    assertThat(number(delta, Extension.deltaCRLIndicator.getId()))
        .isEqualTo(number(base, Extension.cRLNumber.getId()));
  }

  Site site() {
    return site;
  }

  StatusPopulation population() {
    return population;
  }

  /** What the ledger says, as this source has to tell it. */
  Verdict ledger(StatusPopulation.Member member, StatusClient.Source source) {
    Optional<CertificateRecord> entry = population.entry(member.serialNumber());
    return source == StatusClient.Source.OCSP
        ? entry.map(it -> byOcsp(it, member)).orElse(Verdict.UNKNOWN)
        : entry.map(this::byCrl).orElse(Verdict.GOOD);
  }

  private Verdict byOcsp(CertificateRecord entry, StatusPopulation.Member member) {
    if (entry.state() == LedgerState.PREPARED) {
      return Verdict.UNKNOWN;
    }
    boolean known =
        other
            .storage()
            .transactions()
            .inTransaction(stores -> stores.certificates().encoded(member.serialNumber()))
            .isPresent();
    if (!known) {
      // RFC 6960, section 2.2.
      return Verdict.of(
          new CertificateStatus.Revoked(Instant.EPOCH, RevocationReason.CERTIFICATE_HOLD));
    }
    return entry.revocation().map(Verdict::of).orElse(Verdict.GOOD);
  }

  private Verdict byCrl(CertificateRecord entry) {
    // What ended before the CRL on schedule and was on it is on none after it.
    boolean left =
        entry.validity().end().isBefore(base.getThisUpdate().toInstant())
            && base.getRevokedCertificate(entry.serialNumber().value()) != null;
    return entry.revocation().filter(it -> !left).map(Verdict::of).orElse(Verdict.GOOD);
  }

  private void awaitLast() {
    SerialNumber last = population.last();
    Der issuer =
        Authorities.open(server.config(), server.host(server.config()), server.storage())
            .certificates()
            .get(0);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              byte[] question = new OcspQuestion(issuer).about(last).encoded();
              var connection = site.ocsp().toURL().openConnection();
              connection.setDoOutput(true);
              try (OutputStream out = connection.getOutputStream()) {
                out.write(question);
              }
              try (InputStream in = connection.getInputStream()) {
                return new OcspReply(in.readAllBytes()).status()
                        instanceof CertificateStatus.Revoked
                    && fetch("issuing.crl", "full").getRevokedCertificate(last.value()) != null
                    && fetch("issuing-delta.crl", "delta").getRevokedCertificate(last.value())
                        != null;
              }
            });
  }

  private X509CRL fetch(String published, String name) {
    try (InputStream in = server.statusUrl().resolve("/crl/" + published).toURL().openStream()) {
      byte[] der = in.readAllBytes();
      Files.write(site.crl(name), der);
      try (OutputStream out = Files.newOutputStream(site.crlPem(name))) {
        Pem.crl(new ByteArrayInputStream(der), out);
      }
      return (X509CRL)
          CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String number(X509CRL crl, String extension) {
    byte[] octets = crl.getExtensionValue(extension);
    // An OCTET STRING around an INTEGER: four octets before the number.
    return new BigInteger(1, Arrays.copyOfRange(octets, 4, octets.length)).toString();
  }

  @Override
  public void close() {
    other.close();
    server.close();
  }
}
