package dev.inkan.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.server.tls.TlsTestPki.Issued;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("B1")
@Tag("S7")
class ClientCertificateReaderTest {

  private final TlsTestPki pki = new TlsTestPki();
  private final FakeLedger ledger = new FakeLedger();
  private final MutableClock clock = new MutableClock(TlsTestPki.now());
  private final ClientCertificateReader reader =
      new ClientCertificateReader(List.of(pki.issuing.certificate()), ledger, clock);

  @Test
  void noneShownIsNone() {
    assertThat(reader.read((X509Certificate[]) null)).isEqualTo(new ClientCertificate.None());
    assertThat(read()).isEqualTo(new ClientCertificate.None());
  }

  @Test
  void oursInTheLedgerIsValid() {
    X509Certificate shown = pki.subscriber("taro01").certificate();
    CertificateRecord entry = ledger.issue(shown);
    assertThat(read(shown)).isEqualTo(new ClientCertificate.Valid(entry, FakeLedger.der(shown)));
  }

  @Test
  @DisplayName("A2: valid through the last second, expired in the next")
  void expiresWithTheLastSecond() {
    X509Certificate shown = pki.subscriber("taro01").certificate();
    CertificateRecord entry = ledger.issue(shown);
    clock.advance(Duration.between(clock.instant(), entry.validity().notAfter()));
    assertThat(read(shown)).isInstanceOf(ClientCertificate.Valid.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(read(shown)).isEqualTo(new ClientCertificate.Expired(entry, FakeLedger.der(shown)));
  }

  @ParameterizedTest
  @EnumSource(
      value = RevocationReason.class,
      names = {"KEY_COMPROMISE", "CERTIFICATE_HOLD", "SUPERSEDED"})
  @DisplayName("C6: revoked or on hold is told so")
  void revokedIsRevoked(RevocationReason reason) {
    X509Certificate shown = pki.subscriber("taro01").certificate();
    CertificateRecord entry = ledger.revoke(shown, reason);
    assertThat(read(shown)).isEqualTo(new ClientCertificate.Revoked(entry, FakeLedger.der(shown)));
  }

  @Test
  void revokedAndExpiredIsRevoked() {
    X509Certificate shown = pki.expired("taro01").certificate();
    ledger.revoke(shown, RevocationReason.KEY_COMPROMISE);
    assertThat(read(shown)).isInstanceOf(ClientCertificate.Revoked.class);
  }

  @Test
  void aRevocationCountsFromTheNextRequestOn() {
    X509Certificate shown = pki.subscriber("taro01").certificate();
    ledger.issue(shown);
    assertThat(read(shown)).isInstanceOf(ClientCertificate.Valid.class);
    ledger.revoke(shown, RevocationReason.KEY_COMPROMISE);
    assertThat(read(shown)).isInstanceOf(ClientCertificate.Revoked.class);
  }

  @Test
  void signedByUsButNotInTheLedgerIsForeign() {
    assertForeign(pki.subscriber("taro01").certificate());
  }

  @Test
  void anotherCaOfTheSameNameIsForeignEvenWhenTheLedgerSaysOtherwise() {
    X509Certificate shown = new TlsTestPki().subscriber("taro01").certificate();
    ledger.issue(shown);
    assertForeign(shown);
    assertThat(ledger.asked).hasValue(1);
  }

  @Test
  void selfSignedIsForeignAndCostsNoQuery() {
    assertForeign(TlsTestPki.selfSigned("CN=taro01", false).certificate());
    assertThat(ledger.asked).hasValue(0);
  }

  @Test
  void aCaCertificateIsForeign() {
    ledger.issue(pki.issuing.certificate());
    assertForeign(pki.issuing.certificate());
  }

  @ParameterizedTest
  @EnumSource(
      value = CertificateKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SUBSCRIBER"})
  @DisplayName("S7: every other kind of ours is foreign, whatever its extensions say")
  void everyOtherKindIsForeign(CertificateKind kind) {
    X509Certificate shown = pki.subscriber("taro01").certificate();
    ledger.issue(shown, kind);
    assertForeign(shown);
  }

  @Test
  @DisplayName(
      "S7: a TLS server's, responder's or audit key's profile is foreign, whatever the ledger says")
  void everyOtherProfileIsForeign() {
    for (KeyPurposeId purpose :
        List.of(
            KeyPurposeId.id_kp_serverAuth,
            KeyPurposeId.id_kp_OCSPSigning,
            KeyPurposeId.id_kp_documentSigning,
            KeyPurposeId.anyExtendedKeyUsage)) {
      Issued other =
          pki.leaf(
              "taro01",
              TlsTestPki.now().minusSeconds(60),
              TlsTestPki.now().plusSeconds(3600),
              purpose);
      ledger.issue(other.certificate());
      assertForeign(other.certificate());
    }
  }

  @Test
  void anEntryStillPreparedIsForeign() {
    X509Certificate shown = pki.subscriber("taro01").certificate();
    ledger.put(shown, FakeLedger.prepared(shown, CertificateKind.SUBSCRIBER));
    assertForeign(shown);
  }

  @Test
  void anEntryOfAnotherSerialNumberIsForeign() {
    X509Certificate shown = pki.subscriber("taro01").certificate();
    CertificateRecord entry = ledger.issue(shown);
    ledger.put(
        shown,
        new CertificateRecord(
            new SerialNumber(BigInteger.TEN),
            entry.kind(),
            entry.issuer(),
            entry.subscriber(),
            entry.validity(),
            entry.state(),
            entry.preparedAt(),
            entry.preparedBy(),
            entry.revocation()));
    assertForeign(shown);
  }

  @Test
  void onlyTheFirstOfAChainCounts() {
    X509Certificate mine = pki.subscriber("taro01").certificate();
    X509Certificate stranger = TlsTestPki.selfSigned("CN=junk", false).certificate();
    ledger.issue(mine);
    assertThat(read(mine, stranger, stranger)).isInstanceOf(ClientCertificate.Valid.class);
    assertThat(read(stranger, mine)).isEqualTo(new ClientCertificate.Foreign());
  }

  @Test
  void aLedgerThatCannotBeAskedIsNoAnswer() {
    CertificateLookup broken =
        fingerprint -> {
          throw new StoreUnavailableException("ledger", new IllegalStateException("down"));
        };
    var blind = new ClientCertificateReader(List.of(pki.issuing.certificate()), broken, clock);
    X509Certificate[] shown = {pki.subscriber("taro01").certificate()};
    assertThatThrownBy(() -> blind.read(shown)).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void afterARolloverBothCasCount() {
    var next = new TlsTestPki();
    var both =
        new ClientCertificateReader(
            List.of(pki.issuing.certificate(), next.issuing.certificate()), ledger, clock);
    for (TlsTestPki ca : List.of(pki, next)) {
      X509Certificate shown = ca.subscriber("taro01").certificate();
      ledger.issue(shown);
      assertThat(both.read(new X509Certificate[] {shown}))
          .isInstanceOf(ClientCertificate.Valid.class);
    }
  }

  @Test
  void octetsOfAHeaderAreReadAlike() {
    X509Certificate shown = pki.subscriber("taro01").certificate();
    ledger.issue(shown);
    assertThat(reader.read(FakeLedger.der(shown))).isInstanceOf(ClientCertificate.Valid.class);
  }

  @Test
  @DisplayName("S18: octets that are no certificate are foreign, never an exception")
  void brokenOctetsAreForeign() {
    X509Certificate shown = pki.subscriber("taro01").certificate();
    ledger.issue(shown);
    byte[] good = FakeLedger.der(shown).toByteArray();
    for (int length = 0; length < good.length; length++) {
      assertForeign(Arrays.copyOf(good, length));
    }
    assertForeign(Arrays.copyOf(good, good.length + 1));
    assertForeign(new byte[1 << 20]);
    String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(good);
    assertForeign((pem + "\n-----END CERTIFICATE-----\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  @DisplayName("S18: no changed octet is accepted and none throws (seed 20261122)")
  void changedOctetsAreForeign() {
    X509Certificate shown = pki.subscriber("taro01").certificate();
    ledger.issue(shown);
    byte[] good = FakeLedger.der(shown).toByteArray();
    var random = new Random(20261122);
    for (int round = 0; round < 20_000; round++) {
      byte[] bad = good.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
      }
      if (!Arrays.equals(bad, good)) {
        assertForeign(bad);
      }
    }
  }

  private void assertForeign(byte[] octets) {
    assertThat(reader.read(Der.copyOf(octets))).isEqualTo(new ClientCertificate.Foreign());
  }

  private void assertForeign(X509Certificate shown) {
    assertThat(read(shown)).isEqualTo(new ClientCertificate.Foreign());
  }

  private ClientCertificate read(X509Certificate... chain) {
    return reader.read(chain);
  }
}
