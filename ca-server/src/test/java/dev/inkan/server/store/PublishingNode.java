package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.authority.CrlAuthority;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.crl.CrlReader;
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.policy.CrlPolicy;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.status.CrlPublisher;
import dev.inkan.server.status.CrlSigning;
import dev.inkan.server.status.CrlStore;
import dev.inkan.server.status.LedgerHistory;
import dev.inkan.server.status.PublishedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A server that signs and publishes CRLs into a folder when it is told to, at once after a failure.
 */
final class PublishingNode implements AutoCloseable {

  static final TestPki PKI = new TestPki(Bed.NOW);
  static final CaName ISSUING = new CaName("issuing");

  /** The database's clock is the real one. */
  static final ClockPolicy ANY_CLOCK = new ClockPolicy(Duration.ofDays(36_500));

  final RecordingJournal journal = new RecordingJournal();
  final CrlFolder folder;
  final CrlPublisher publisher;
  private final Path path;

  PublishingNode(Bed bed, CrlStore store, LedgerHistory history, Path path) throws IOException {
    this.path = path;
    CrlReader reader =
        new CrlReader(
            Issuer.of(PKI.issuing().certificate(), TestPki.PUBLICATION.issuing()),
            PKI.providers().forVerification());
    this.folder = new CrlFolder(path, Map.of(ISSUING, reader));
    assertThat(folder.open()).isEmpty();
    CrlAuthority authority =
        new CrlAuthority(
            ISSUING,
            PKI.issuing(),
            TestPki.PUBLICATION.issuing(),
            journal,
            bed.clock,
            ANY_CLOCK,
            PKI.providers());
    CrlPolicy policy = CrlPolicy.bank(Duration.ofHours(6), Duration.ofDays(3));
    CrlSigning signing = new CrlSigning(authority, store, history, policy, false, path);
    this.publisher =
        new CrlPublisher(List.of(ISSUING), List.of(signing), store, folder, history, Duration.ZERO);
  }

  /** Does what is due; answers the number that is published then. */
  CrlNumber run() {
    publisher.run();
    return folder.number(ISSUING).orElseThrow();
  }

  /** How many are on the published CRL. */
  long entries() {
    return folder.describe("/crl/issuing.crl").orElseThrow().summary().entries();
  }

  /** The published file; what is served must be the same. */
  byte[] published() throws IOException {
    byte[] file = Files.readAllBytes(path.resolve("issuing.crl"));
    PublishedFile.Content content = folder.find("/crl/issuing.crl").orElseThrow().content();
    assertThat(Files.readAllBytes(((PublishedFile.Content.File) content).file())).isEqualTo(file);
    return file;
  }

  /** Adds certificates that were revoked at once, in one transaction. */
  static void addRevoked(Bed bed, long first, int count) {
    CertificateStatus.Revoked lost =
        new CertificateStatus.Revoked(bed.clock.instant(), RevocationReason.KEY_COMPROMISE);
    bed.run(
        stores -> {
          for (long serial = first; serial < first + count; serial++) {
            Der der = Der.copyOf(("c" + serial).getBytes(StandardCharsets.US_ASCII));
            stores.certificates().restore(issued(serial), der);
            assertThat(stores.certificates().revoke(Bed.serial(serial), lost)).isTrue();
          }
        });
  }

  static CertificateRecord issued(long serial) {
    return CertificateRecord.prepared(
            Bed.serial(serial),
            CertificateKind.SUBSCRIBER,
            CaName.ISSUING,
            Bed.TARO,
            Validity.lasting(Duration.ofDays(366), Bed.NOW),
            Bed.NOW,
            Bed.NODE)
        .issued();
  }

  @Override
  public void close() {
    publisher.close();
  }
}
