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
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.policy.CrlPolicy;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.status.CrlPublisher;
import dev.inkan.server.status.CrlSigning;
import dev.inkan.server.status.LedgerHistory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The CRLs of a root and of two issuing CAs below it, from the ledger to the folder. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
@Tag("E2")
final class CrlsOfTwoCasTest {

  private static final TestPki FORMER = new TestPki(Bed.NOW);
  private static final TestPki PRESENT = new TestPki(Bed.NOW);
  private static final CaName SECOND = new CaName("issuing-2");
  private static final CrlPolicy POLICY = CrlPolicy.bank(Duration.ofHours(6), Duration.ofDays(3));

  private final Bed bed;
  private final Path directory;
  private final RecordingJournal journal = new RecordingJournal();
  private final List<CrlPublisher> publishers = new ArrayList<>();
  private JdbiCrlStore store;

  CrlsOfTwoCasTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    this.directory = directory;
  }

  @BeforeEach
  void addCas() {
    bed.addTaro();
    boolean unused =
        bed.transactions
            .authority()
            .inTransaction(
                stores -> {
                  stores.issuingCas().add(Generation.requested(2, Bed.NOW));
                  return stores
                      .issuingCas()
                      .certify(SECOND, PRESENT.issuing().certificate(), Bed.NOW);
                });
    store = new JdbiCrlStore(bed.database, Bed.NODE);
  }

  @AfterEach
  void close() {
    publishers.forEach(CrlPublisher::close);
    bed.close();
  }

  /** One server's, with the keys of these CAs. */
  private CrlPublisher publisher(CrlFolder folder, CrlSigning... signings) {
    CrlPublisher publisher =
        new CrlPublisher(
            List.of(CaName.ISSUING, SECOND, CaName.ROOT),
            List.of(signings),
            store,
            folder,
            new LedgerHistory(),
            Duration.ZERO);
    publishers.add(publisher);
    return publisher;
  }

  private CrlFolder folder() {
    return new CrlFolder(
        directory.resolve("crl"),
        Map.of(
            CaName.ISSUING,
            reader(FORMER.issuing()),
            SECOND,
            reader(PRESENT.issuing()),
            CaName.ROOT,
            reader(FORMER.root())));
  }

  private static CrlReader reader(IssuerKey key) {
    return new CrlReader(
        Issuer.of(key.certificate(), TestPki.PUBLICATION.issuing()),
        FORMER.providers().forVerification());
  }

  private CrlSigning signing(CaName ca, IssuerKey key) {
    CrlAuthority authority =
        new CrlAuthority(
            ca,
            key,
            TestPki.PUBLICATION.issuing(),
            journal,
            bed.clock,
            new ClockPolicy(Duration.ofDays(36_500)),
            FORMER.providers());
    return new CrlSigning(
        authority, store, new LedgerHistory(), POLICY, true, directory.resolve("crl"));
  }

  @Test
  @DisplayName(
      "E2: what each issued is on its own full and delta CRL, under its own numbers; the other's"
          + " number does not move")
  void eachItsOwn() throws Exception {
    CrlFolder folder = folder();
    CrlPublisher publisher =
        publisher(
            folder, signing(CaName.ISSUING, FORMER.issuing()), signing(SECOND, PRESENT.issuing()));
    issue(1, CaName.ISSUING);
    issue(2, SECOND);
    publisher.run();
    CrlNumber formers = folder.number(CaName.ISSUING).orElseThrow();
    CrlNumber presents = folder.number(SECOND).orElseThrow();

    revoke(2);
    publisher.run();
    assertThat(folder.number(CaName.ISSUING)).contains(formers);
    assertThat(folder.number(SECOND).orElseThrow()).isGreaterThan(presents);
    assertThat(entries("issuing.crl")).isEmpty();
    assertThat(entries("issuing-2.crl")).containsExactly(serial(2));
    assertThat(entries("issuing-2-delta.crl")).containsExactly(serial(2));

    revoke(1);
    publisher.run();
    assertThat(entries("issuing.crl")).containsExactly(serial(1));
    assertThat(entries("issuing-delta.crl")).containsExactly(serial(1));
    assertThat(entries("issuing-2.crl")).containsExactly(serial(2));
    crl("issuing.crl").verify(TestPki.x509(FORMER.issuing().certificate()).getPublicKey());
    crl("issuing-2.crl").verify(TestPki.x509(PRESENT.issuing().certificate()).getPublicKey());
    assertThat(publisher.publishNow().keySet()).containsExactly(CaName.ISSUING, SECOND);
  }

  @Test
  @Tag("D2")
  @DisplayName("D2: a CA that cannot sign keeps no other's revocation from file and chain")
  void oneCannotSign() throws Exception {
    CrlFolder folder = folder();
    CrlSigning broken = signing(SECOND, new BrokenKey(PRESENT.issuing()));
    CrlPublisher publisher = publisher(folder, broken, signing(CaName.ISSUING, FORMER.issuing()));
    assertThat(signing(CaName.ROOT, FORMER.root()).signIfDue()).isTrue();
    issue(1, CaName.ISSUING);
    publisher.run();
    assertThat(blocks("chain.pem")).isEqualTo(2);
    assertThat(folder.number(SECOND)).isEmpty();

    revoke(1);
    publisher.run();
    assertThat(entries("issuing.crl")).containsExactly(serial(1));
    assertThat(Files.readString(directory.resolve("crl/chain.pem")))
        .contains(
            java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(Files.readAllBytes(directory.resolve("crl/issuing.crl"))));

    publisher(folder, signing(SECOND, PRESENT.issuing())).run();
    assertThat(blocks("chain.pem")).isEqualTo(3);
  }

  @Test
  @DisplayName("a folder that is opened again has the CRLs of all, and no number goes back")
  void openedAgain() throws Exception {
    CrlFolder folder = folder();
    assertThat(signing(CaName.ROOT, FORMER.root()).signIfDue()).isTrue();
    publisher(folder, signing(CaName.ISSUING, FORMER.issuing()), signing(SECOND, PRESENT.issuing()))
        .run();
    CrlFolder again = folder();
    assertThat(again.open()).isEmpty();
    for (CaName ca : List.of(CaName.ROOT, CaName.ISSUING, SECOND)) {
      assertThat(again.number(ca)).isEqualTo(folder.number(ca)).isPresent();
    }
    assertThat(blocks("chain.pem")).isEqualTo(3);
  }

  private int blocks(String name) throws IOException {
    return Files.readString(directory.resolve("crl").resolve(name)).split("BEGIN X509").length - 1;
  }

  private X509CRL crl(String name) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(directory.resolve("crl").resolve(name))) {
      return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
    }
  }

  private Set<String> entries(String name) throws IOException, GeneralSecurityException {
    return Stream.ofNullable(crl(name).getRevokedCertificates())
        .flatMap(Set::stream)
        .map(it -> it.getSerialNumber().toString(16))
        .collect(Collectors.toSet());
  }

  private static String serial(long number) {
    return Bed.serial(number).value().toString(16);
  }

  private void issue(long serial, CaName issuer) {
    CertificateRecord entry =
        CertificateRecord.prepared(
                Bed.serial(serial),
                CertificateKind.SUBSCRIBER,
                issuer,
                Bed.TARO,
                Validity.lasting(Duration.ofDays(366), Bed.NOW),
                Bed.NOW,
                Bed.NODE)
            .issued();
    bed.run(
        stores ->
            stores
                .certificates()
                .restore(entry, Der.copyOf(Bed.serial(serial).value().toByteArray())));
  }

  private void revoke(long serial) {
    CertificateStatus.Revoked lost =
        new CertificateStatus.Revoked(bed.clock.instant(), RevocationReason.KEY_COMPROMISE);
    assertThat(bed.did(stores -> stores.certificates().revoke(Bed.serial(serial), lost))).isTrue();
  }

  /** A key whose token is away. */
  private record BrokenKey(IssuerKey real) implements IssuerKey {

    @Override
    public String id() {
      return real.id();
    }

    @Override
    public Der certificate() {
      return real.certificate();
    }

    @Override
    public List<Der> chain() {
      return real.chain();
    }

    @Override
    public dev.inkan.core.key.KeyAlgorithm algorithm() {
      return real.algorithm();
    }

    @Override
    public void requireReady() {
      throw new IllegalStateException("the token is away");
    }

    @Override
    public org.bouncycastle.operator.ContentSigner newSigner() {
      throw new IllegalStateException("the token is away");
    }
  }
}
