package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.IssuingCa;
import dev.inkan.core.authority.OcspResponderCertificates;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.issue.LintViolationException;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.authority.ResponderCheck;
import dev.inkan.server.authority.StatusNodeException;
import dev.inkan.server.authority.StatusNodes;
import dev.inkan.server.authority.StatusResponder;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who certifies the keys of servers that only tell status, and whose keys are never certified. */
@ParameterizedClass
@EnumSource
@Tag("S7")
final class StatusNodesTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final NodeName NODE = new NodeName("status-1");
  private static final NodeName OTHER = new NodeName("status-2");
  private static final PublicKey KEY = newKey();

  private final Bed bed;
  private final MutableClock clock = new MutableClock(TestPki.NOW.plus(Duration.ofHours(1)));
  private final StatusNodes nodes;

  StatusNodesTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    this.nodes = nodes(PKI);
  }

  private static PublicKey newKey() {
    return PKI.keys().signingKey(KeyAlgorithm.P_256).publicKey();
  }

  private StatusNodes nodes(TestPki pki) {
    Host host = pki.host(clock);
    OcspResponderCertificates responders =
        new OcspResponderCertificates(pki.issuingCa(), host, pki.keys());
    return new StatusNodes(
        bed.transactions.authority(),
        Map.of(CaName.ISSUING, new StatusNodes.Issuer(pki.issuing().certificate(), responders)),
        TestPki.ORGANISATION,
        host);
  }

  @BeforeEach
  void open() {
    bed.addTaro();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private StatusResponder only() {
    assertThat(nodes.list()).hasSize(1);
    return nodes.list().get(0);
  }

  private void put(StatusResponder responder) {
    Boolean unused =
        bed.transactions
            .authority()
            .inTransaction(
                stores -> {
                  stores.statusResponders().put(responder);
                  return true;
                });
  }

  @Test
  @DisplayName("S7: certified, it is in the ledger and the trail; half over, there is another")
  void certifiedAndRenewed() {
    List<StatusResponder> made = nodes.certify(NODE, KEY);

    assertThat(made).containsExactly(only());
    Der first = only().certificate();
    assertThat(ResponderCheck.isOf(first, KEY)).isTrue();
    assertThat(ResponderCheck.isIssuedBy(first, PKI.issuing().certificate(), clock.instant()))
        .isTrue();
    assertThat(bed.changesAfter(0)).contains(only().serialNumber().toString());
    assertThat(new StatusResponderRegister(bed.database).of(StatusResponder.hashOf(KEY)))
        .containsExactly(only());

    clock.advance(Duration.ofDays(14));
    nodes.renewDue();
    assertThat(only().certificate()).isEqualTo(first);
    clock.advance(Duration.ofDays(1));
    nodes.renewDue();
    Der second = only().certificate();
    assertThat(second).isNotEqualTo(first);
    assertThat(ResponderCheck.isOf(second, KEY)).isTrue();
    nodes.renewDue();
    assertThat(only().certificate()).isEqualTo(second);
    assertThat(bed.auditRecords())
        .extracting(it -> it.entry().action())
        .containsExactly("STATUS_NODE_ADDED", "RESPONDER_RENEWED", "RESPONDER_RENEWED");
    bed.requireChained();
  }

  @Test
  @DisplayName("S7: another issuing CA certifies the same key as soon as it signs")
  void anotherIssuingCa() {
    nodes.certify(NODE, KEY);
    CaName second = new CaName("issuing-2");
    bed.count("INSERT INTO ca (name, number) VALUES ('issuing-2', 2)", "SELECT COUNT(*) FROM ca");
    Host host = PKI.host(clock);
    OcspResponderCertificates responders =
        new OcspResponderCertificates(PKI.issuingCa(), host, PKI.keys());
    TestPki next = new TestPki(TestPki.NOW);
    IssuingCa ca =
        new IssuingCa(
            second,
            next.issuing(),
            TestPki.PUBLICATION.issuing(),
            TestPki.POLICIES,
            KeyPolicy.BANK,
            next.providers(),
            next.random());

    new StatusNodes(
            bed.transactions.authority(),
            Map.of(
                CaName.ISSUING,
                new StatusNodes.Issuer(PKI.issuing().certificate(), responders),
                second,
                new StatusNodes.Issuer(
                    next.issuing().certificate(),
                    new OcspResponderCertificates(ca, host, PKI.keys()))),
            TestPki.ORGANISATION,
            host)
        .renewDue();

    assertThat(nodes.list()).hasSize(2);
    Der made = nodes.list().get(1).certificate();
    assertThat(nodes.list().get(1).issuer()).isEqualTo(second);
    assertThat(ResponderCheck.isOf(made, KEY)).isTrue();
    assertThat(ResponderCheck.isIssuedBy(made, next.issuing().certificate(), clock.instant()))
        .isTrue();
  }

  @Test
  @DisplayName("S7: a key that is a CA's, a person's or another node's is not certified")
  void takenKeys() {
    Der ca = PKI.issuing().certificate();
    bed.run(
        stores -> stores.certificates().restore(Bed.prepared(1, Bed.TARO, Bed.NOW).issued(), ca));
    PublicKey taken = TestPki.x509(ca).getPublicKey();

    assertThatExceptionOfType(StatusNodeException.class)
        .isThrownBy(() -> nodes.certify(NODE, taken))
        .withMessageContaining("it is no responder's");
    nodes.certify(NODE, KEY);
    assertThatExceptionOfType(StatusNodeException.class)
        .isThrownBy(() -> nodes.certify(OTHER, KEY))
        .withMessageContaining("this is the key of status node status-1");
    assertThatExceptionOfType(StatusNodeException.class)
        .isThrownBy(() -> nodes.certify(NODE, newKey()))
        .withMessageContaining("has another key");
    assertThat(only().keyHash()).isEqualTo(StatusResponder.hashOf(KEY));
  }

  @Test
  @DisplayName("S7: a key on a curve that nobody trusts is refused by the lint")
  void unusualCurve() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
    generator.initialize(new ECGenParameterSpec("secp256k1"));
    PublicKey strange = generator.generateKeyPair().getPublic();

    assertThatExceptionOfType(LintViolationException.class)
        .isThrownBy(() -> nodes.certify(NODE, strange));
    assertThat(nodes.list()).isEmpty();
  }

  @Test
  @DisplayName("S7: whoever writes into the table alone has no key of theirs certified")
  void smuggledKeys() {
    nodes.certify(NODE, KEY);
    StatusResponder right = only();
    // A certificate of another CA for the thief's key, over the right row.
    PublicKey thiefs = newKey();
    TestPki strangers = new TestPki(TestPki.NOW);
    Der forged =
        new OcspResponderCertificates(
                strangers.issuingCa(), strangers.host(clock), strangers.keys())
            .certify(TestPki.ORGANISATION, NODE, thiefs)
            .certificate();
    put(
        new StatusResponder(
            NODE, CaName.ISSUING, StatusResponder.hashOf(thiefs), right.serialNumber(), forged));
    clock.advance(Duration.ofDays(16));
    nodes.renewDue();
    assertThat(only().certificate()).as("nothing new").isEqualTo(forged);

    // The hash alone: what is certified is the key of the certificate that our CA made.
    put(
        new StatusResponder(
            NODE,
            CaName.ISSUING,
            StatusResponder.hashOf(thiefs),
            right.serialNumber(),
            right.certificate()));
    nodes.renewDue();
    assertThat(ResponderCheck.isOf(only().certificate(), KEY)).isTrue();
    assertThat(only().keyHash()).isEqualTo(StatusResponder.hashOf(KEY));

    put(
        new StatusResponder(
            NODE,
            CaName.ISSUING,
            right.keyHash(),
            right.serialNumber(),
            Der.copyOf(new byte[] {0x30, 0x03, 1, 2})));
    nodes.renewDue();
    assertThat(only().certificate().toByteArray()).hasSize(4);
  }

  @Test
  @DisplayName("S7: what was revoked, has ended or was removed is renewed no more")
  void over() {
    nodes.certify(NODE, KEY);
    Der first = only().certificate();
    clock.advance(Duration.ofDays(16));
    bed.run(
        stores -> {
          boolean unused =
              stores
                  .certificates()
                  .revoke(
                      only().serialNumber(),
                      new CertificateStatus.Revoked(
                          clock.instant(), RevocationReason.KEY_COMPROMISE));
        });
    nodes.renewDue();
    assertThat(only().certificate()).isEqualTo(first);

    nodes.certify(NODE, KEY); // by a person again
    Der second = only().certificate();
    assertThat(second).isNotEqualTo(first);
    clock.advance(Duration.ofDays(31));
    nodes.renewDue();
    assertThat(only().certificate()).isEqualTo(second);

    assertThat(nodes.remove(NODE)).isTrue();
    assertThat(nodes.remove(NODE)).isFalse();
    nodes.renewDue();
    assertThat(nodes.list()).isEmpty();
  }
}
