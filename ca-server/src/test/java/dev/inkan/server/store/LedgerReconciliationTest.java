package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.server.registration.application.Application;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.secret.SealedSecret;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
@Tag("S8")
final class LedgerReconciliationTest {

  private static final Validity VALIDITY = Validity.lasting(Duration.ofDays(366), Bed.NOW);
  private static final CertificateStatus.Revoked LOST =
      new CertificateStatus.Revoked(Bed.NOW.plusSeconds(5), RevocationReason.KEY_COMPROMISE);

  private final Bed bed;
  private final FileJournal journal;

  LedgerReconciliationTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    this.journal =
        FileJournal.open(directory.resolve("journal"), Bed.NODE, new Fingerprint("ab".repeat(32)));
  }

  @BeforeEach
  void addTaro() {
    bed.addTaro();
  }

  @AfterEach
  void close() {
    journal.close();
    bed.close();
  }

  @Test
  void whatAgreesStaysAsItIs() throws Exception {
    issueEverywhere(1);

    LedgerReconciliation.Report report = reconcile();

    assertThat(report.lines()).isEmpty();
    assertThat(find(1).isValidAt(Bed.NOW)).isTrue();
  }

  @Test
  void anIssuedCertificateTheLedgerForgotIsPutBack() throws Exception {
    Der certificate = certificate(1);
    journal.issued(Bed.serial(1), Bed.TARO, certificate, Bed.NOW);

    LedgerReconciliation.Report report = reconcile();

    assertThat(report.restored()).isEqualTo(1);
    assertThat(find(1)).isEqualTo(Bed.prepared(1, Bed.TARO, Bed.NOW).issued());
    assertThat(bed.find(stores -> stores.certificates().encoded(Bed.serial(1))))
        .contains(certificate);
    assertThat(audited("CERTIFICATE_RESTORED")).isEqualTo(1);
    assertThat(reconcile().lines()).isEmpty();
  }

  @Test
  void aSignatureThatWasNeverStoredIsBurntWithItsCertificate() throws Exception {
    Der certificate = certificate(1);
    prepare(1, Bed.NODE);
    journal.issued(Bed.serial(1), Bed.TARO, certificate, Bed.NOW);

    assertThat(reconcile().abandoned()).isEqualTo(1);

    assertThat(find(1).state()).isEqualTo(LedgerState.ABANDONED);
    assertThat(find(1).revocation()).isPresent();
    assertThat(bed.find(stores -> stores.certificates().encoded(Bed.serial(1))))
        .contains(certificate);
    assertThat(audited("CERTIFICATE_ABANDONED")).isEqualTo(1);
  }

  @Test
  void anEntryLeftPreparedIsBurntButNotAnothersNodes() {
    prepare(1, Bed.NODE);
    prepare(2, new NodeName("node-2"));

    assertThat(reconcile().abandoned()).isEqualTo(1);

    assertThat(find(1).state()).isEqualTo(LedgerState.ABANDONED);
    assertThat(find(2).state()).isEqualTo(LedgerState.PREPARED);
  }

  @Test
  @DisplayName("S9: a restore of an old backup does not un-revoke")
  @Tag("S9")
  void aRevocationTheLedgerForgotIsPutBack() throws Exception {
    issueEverywhere(1);
    journal.revoked(Bed.serial(1), LOST);
    journal.issued(Bed.serial(2), Bed.TARO, certificate(2), Bed.NOW);
    journal.revoked(Bed.serial(2), LOST);

    LedgerReconciliation.Report report = reconcile();

    assertThat(report.revoked()).isEqualTo(2);
    assertThat(find(1).revocation()).contains(LOST);
    assertThat(find(2).revocation()).contains(LOST);
    assertThat(audited("CERTIFICATE_REVOKED")).isEqualTo(2);
    assertThat(reconcile().lines()).isEmpty();
  }

  @Test
  @DisplayName(
      "S9: a restore of an old backup neither un-holds nor un-releases, and repeats nothing")
  @Tag("S9")
  void holdsAndReleasesTheLedgerForgotArePutBack() throws Exception {
    CertificateStatus.Revoked first = hold(1);
    CertificateStatus.Revoked second = hold(3);
    for (int serial = 1; serial <= 3; serial++) {
      issueEverywhere(serial);
      journal.revoked(Bed.serial(serial), first);
    }
    journal.released(Bed.serial(2), Bed.NOW.plusSeconds(2));
    journal.released(Bed.serial(3), Bed.NOW.plusSeconds(2));
    journal.revoked(Bed.serial(3), second);

    LedgerReconciliation.Report report = reconcile();

    assertThat(report.holds()).isEqualTo(6);
    assertThat(find(1).revocation()).contains(first);
    assertThat(find(2).revocation()).isEmpty();
    assertThat(find(3).revocation()).contains(second);
    assertThat(reconcile().lines()).isEmpty();

    // What another server did since is newer than this journal.
    bed.run(stores -> stores.certificates().release(Bed.serial(1), Bed.NOW.plusSeconds(9)));
    bed.run(stores -> stores.certificates().hold(Bed.serial(2), hold(9)));
    assertThat(reconcile().lines()).isEmpty();
    assertThat(find(1).revocation()).isEmpty();
    assertThat(find(2).revocation()).contains(hold(9));

    journal.revoked(Bed.serial(3), LOST);
    assertThat(reconcile().revoked()).isEqualTo(1);
    assertThat(find(3).revocation()).contains(LOST);
  }

  private static CertificateStatus.Revoked hold(long seconds) {
    return new CertificateStatus.Revoked(
        Bed.NOW.plusSeconds(seconds), RevocationReason.CERTIFICATE_HOLD);
  }

  @Test
  void twoCertificatesWithOneSerialNumberStopTheStart() throws Exception {
    issueEverywhere(1);
    Der other = certificate(1);
    journal.issued(Bed.serial(1), Bed.TARO, other, Bed.NOW);
    journal.issued(Bed.serial(2), Bed.TARO, certificate(2), Bed.NOW);

    assertThatThrownBy(this::reconcile)
        .isInstanceOf(LedgerContradictionException.class)
        .hasMessageContaining(Bed.serial(1).toString())
        .hasMessageContaining(Fingerprint.of(other).hex())
        .hasMessageContaining("restore both");
    assertThat(bed.find(stores -> stores.certificates().find(Bed.serial(2)))).isEmpty();
  }

  @Test
  void aLostJournalStopsTheStart() throws Exception {
    issueEverywhere(1);
    prepare(2, Bed.NODE);
    Der unknown = certificate(2);
    bed.run(stores -> stores.certificates().markIssued(Bed.serial(2), unknown));

    assertThatThrownBy(this::reconcile)
        .isInstanceOf(LedgerContradictionException.class)
        .hasMessageContaining(Bed.serial(2).toString())
        .hasMessageContaining("journal was lost")
        .message()
        .doesNotContain(Bed.serial(1).toString());
  }

  @Test
  void certificatesOfOtherKindsAndNodesNeedNoJournal() throws Exception {
    Der server = certificate(1);
    CertificateRecord entry =
        CertificateRecord.prepared(
                Bed.serial(1),
                CertificateKind.TLS_SERVER,
                CaName.ISSUING,
                new SubscriberId("tls:localhost"),
                VALIDITY,
                Bed.NOW,
                Bed.NODE)
            .issued();
    bed.run(stores -> stores.certificates().restore(entry, server));
    prepare(2, new NodeName("node-2"));
    Der others = certificate(2);
    bed.run(stores -> stores.certificates().markIssued(Bed.serial(2), others));

    assertThat(reconcile().lines()).isEmpty();
  }

  @Test
  void aRevocationOfWhatTheLedgerNeverSawStopsTheStart() {
    journal.revoked(Bed.serial(1), LOST);

    assertThatThrownBy(this::reconcile)
        .isInstanceOf(LedgerContradictionException.class)
        .hasMessageContaining("restore a newer backup");
  }

  @Test
  void anApplicationLeftIssuingFails() {
    Application application = Bed.application();
    bed.run(
        stores -> {
          stores.applications().add(application);
          stores.applications().confirm(application.id(), SealedSecret.copyOf(new byte[] {1}));
          stores.applications().begin(application.id(), Bed.NODE);
        });

    assertThat(reconcile().failedApplications()).isEqualTo(1);
    assertThat(
            bed.find(stores -> stores.applications().find(application.id()))
                .map(Application::state))
        .contains(ApplicationState.FAILED);
  }

  private LedgerReconciliation.Report reconcile() {
    return new LedgerReconciliation(bed.database, bed.transactions, journal, Bed.NODE, bed.clock)
        .reconcile();
  }

  private void issueEverywhere(long serial) throws Exception {
    Der certificate = certificate(serial);
    prepare(serial, Bed.NODE);
    journal.issued(Bed.serial(serial), Bed.TARO, certificate, Bed.NOW);
    bed.run(stores -> stores.certificates().markIssued(Bed.serial(serial), certificate));
  }

  private void prepare(long serial, NodeName node) {
    CertificateRecord entry =
        CertificateRecord.prepared(
            Bed.serial(serial),
            CertificateKind.SUBSCRIBER,
            CaName.ISSUING,
            Bed.TARO,
            VALIDITY,
            Bed.NOW,
            node);
    bed.run(stores -> stores.certificates().prepare(entry));
  }

  private CertificateRecord find(long serial) {
    return bed.find(stores -> stores.certificates().find(Bed.serial(serial))).orElseThrow();
  }

  private long audited(String action) {
    return bed.count("SELECT COUNT(*) FROM audit_event WHERE action = '" + action + "'");
  }

  private static Der certificate(long serial) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair key = generator.generateKeyPair();
    BigInteger number = Bed.serial(serial).value();
    X500Name name = new X500Name("CN=test");
    return Der.copyOf(
        new JcaX509v3CertificateBuilder(
                name,
                number,
                Date.from(VALIDITY.notBefore()),
                Date.from(VALIDITY.notAfter()),
                name,
                key.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
            .getEncoded());
  }
}
