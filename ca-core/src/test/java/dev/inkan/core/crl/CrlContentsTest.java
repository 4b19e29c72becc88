package dev.inkan.core.crl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.issue.SubjectAlternativeName;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.TestPki;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in a CRL, as Bouncy Castle, the JDK and OpenSSL read it. */
@Tag("E2")
class CrlContentsTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final Credential CA = PKI.issuing();
  private static final Issuer ISSUER = Issuer.of(CA.certificate(), TestPki.PUBLICATION.issuing());
  private static final Instant THIS = TestPki.NOW;
  private static final Instant NEXT = THIS.plus(Duration.ofDays(3));
  private static final CrlNumber NUMBER = new CrlNumber(1_795_000_000_000L);
  private static final URI DELTA = URI.create("http://pki.example:8080/crl/issuing-delta.crl");
  private static final Instant IN_2049 = Instant.parse("2049-12-31T23:59:59Z");
  private static final Instant IN_2050 = Instant.parse("2050-01-01T00:00:00Z");

  private final CrlSigner signer = new CrlSigner(ISSUER, CA::newSigner);
  private final CrlReader reader = new CrlReader(ISSUER, PKI.providers().forVerification());

  @TempDir private Path folder;

  static Stream<List<CrlEntry>> tables() {
    return Stream.of(
        List.of(),
        List.of(entry(1, RevocationReason.UNSPECIFIED, THIS, Optional.empty())),
        List.of(entry(2, RevocationReason.KEY_COMPROMISE, THIS, Optional.of(THIS))),
        List.of(entry(3, RevocationReason.UNSPECIFIED, THIS, Optional.of(IN_2050))),
        List.of(
            entry(127, RevocationReason.SUPERSEDED, IN_2049, Optional.empty()),
            entry(128, RevocationReason.SUPERSEDED, IN_2050, Optional.of(IN_2049)),
            entry(255, RevocationReason.CERTIFICATE_HOLD, THIS, Optional.empty())),
        Arrays.stream(RevocationReason.values())
            .map(reason -> entry(1000 + reason.code(), reason, THIS, Optional.empty()))
            .toList(),
        List.of(
            new CrlEntry(
                new SerialNumber(BigInteger.ONE.shiftLeft(159).subtract(BigInteger.ONE)),
                IN_2050,
                RevocationReason.AA_COMPROMISE,
                Optional.of(IN_2050))),
        // Every size of length octets that a test can afford.
        LongStream.rangeClosed(1, 700)
            .mapToObj(it -> entry(it, RevocationReason.KEY_COMPROMISE, THIS, Optional.empty()))
            .toList());
  }

  @ParameterizedTest(name = "E2: table {index}")
  @MethodSource("tables")
  @DisplayName("E2: Bouncy Castle and the JDK read every entry as it was written")
  void contents(List<CrlEntry> entries) throws Exception {
    byte[] crl = sign(full().withFreshest(DELTA), entries);

    List<CrlEntry> byOurselves = new ArrayList<>();
    CrlSummary summary =
        reader.read(
            new ByteArrayInputStream(crl),
            entry -> {
              assertThat(entry.serialNumber()).isEqualTo(entry.decoded().serialNumber());
              byOurselves.add(entry.decoded());
            });
    assertThat(byOurselves).isEqualTo(entries);
    assertThat(summary.entries()).isEqualTo(entries.size());
    X509CRLHolder byBouncyCastle = new X509CRLHolder(crl);
    assertThat(byBouncyCastle.getEncoded()).isEqualTo(crl);
    assertThat(
            byBouncyCastle.isSignatureValid(
                new JcaContentVerifierProviderBuilder()
                    .setProvider(PKI.providers().forVerification())
                    .build(ISSUER.publicKey())))
        .isTrue();
    assertThat(byBouncyCastle.getIssuer()).isEqualTo(ISSUER.name());
    assertThat(byBouncyCastle.getThisUpdate()).isEqualTo(Date.from(THIS));
    assertThat(byBouncyCastle.getNextUpdate()).isEqualTo(Date.from(NEXT));
    assertThat(
            AuthorityKeyIdentifier.fromExtensions(byBouncyCastle.getExtensions())
                .getKeyIdentifierOctets())
        .isEqualTo(ISSUER.keyIdentifier().getOctets());
    assertThat((Object) byBouncyCastle.getNonCriticalExtensionOIDs())
        .isEqualTo(
            Set.of(Extension.authorityKeyIdentifier, Extension.cRLNumber, Extension.freshestCRL));
    assertThat((Object) byBouncyCastle.getCriticalExtensionOIDs()).isEqualTo(Set.of());
    assertThat(number(byBouncyCastle, Extension.cRLNumber)).isEqualTo(NUMBER.value());

    X509CRL byJdk = x509(crl);
    byJdk.verify(TestPki.x509(CA.certificate()).getPublicKey());
    for (CrlEntry entry : entries) {
      requireSame(entry, byBouncyCastle.getRevokedCertificate(entry.serialNumber().value()));
      requireSame(entry, byJdk.getRevokedCertificate(entry.serialNumber().value()));
    }
    assertThat(Optional.ofNullable(byJdk.getRevokedCertificates()).map(Set::size))
        .isEqualTo(entries.isEmpty() ? Optional.empty() : Optional.of(entries.size()));
    assertThat(reader.read(new ByteArrayInputStream(crl)))
        .isEqualTo(new CrlSummary(NUMBER, Optional.empty(), THIS, NEXT, entries.size()));
  }

  @Test
  @DisplayName("E2: a delta CRL says so critically, names its base and points to no other")
  void delta() throws Exception {
    CrlNumber base = new CrlNumber(NUMBER.value() - 5);
    CrlEntry removed = CrlEntry.removed(serial(7), THIS);
    byte[] crl = sign(full().deltaOver(base), List.of(removed));

    X509CRLHolder read = new X509CRLHolder(crl);
    assertThat((Object) read.getCriticalExtensionOIDs())
        .isEqualTo(Set.of(Extension.deltaCRLIndicator));
    assertThat(number(read, Extension.deltaCRLIndicator)).isEqualTo(base.value());
    assertThat(read.getExtension(Extension.freshestCRL)).isNull();
    requireSame(removed, x509(crl).getRevokedCertificate(serial(7).value()));
    assertThat(reader.read(new ByteArrayInputStream(crl)).base()).contains(base);
  }

  @ParameterizedTest
  @EnumSource(names = {"P_256", "RSA_2048"})
  @DisplayName("E2: every kind of CA key signs, and OpenSSL agrees and finds the revoked one")
  void openssl(KeyAlgorithm algorithm) throws Exception {
    Credential ca = PKI.keys().signingKey(algorithm).certified("test", CA.chain());
    CrlSigner other = new CrlSigner(ISSUER, ca::newSigner);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    other.sign(full(), CrlEntries.NONE, out);
    Path file = Files.write(folder.resolve("other.crl"), out.toByteArray());

    assertThat(openssl("crl", "-inform", "DER", "-in", file.toString(), "-noout", "-text"))
        .contains("Version 2 (0x1)", "X509v3 CRL Number", "No Revoked Certificates");
    // And it is not ours: another key signed it.
    assertThatThrownBy(() -> reader.read(file)).isInstanceOf(CrlDamagedException.class);
  }

  @Test
  @DisplayName("E2: openssl verify -crl_check_all passes the good one and refuses the revoked one")
  void opensslVerifies() throws Exception {
    Credential root = PKI.root();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Instant now = THIS.minusSeconds(60);
    CrlContent content = CrlContent.full(NUMBER, now, now.plus(Duration.ofDays(400)));
    new CrlSigner(Issuer.of(root.certificate(), TestPki.PUBLICATION.root()), root::newSigner)
        .sign(content, CrlEntries.NONE, out);
    byte[] rootCrl = out.toByteArray();
    CertifiedKey made =
        PKI.tlsServerCertificates(new MutableClock(THIS))
            .make("x", List.of(SubjectAlternativeName.parse("localhost")), KeyAlgorithm.P_256, 30);
    Path leaf = folder.resolve("leaf.pem");
    Files.writeString(leaf, Pem.certificates(List.of(made.credential().certificate())));
    Path chain = folder.resolve("chain.pem");
    Files.writeString(chain, Pem.certificates(CA.chain()));

    CrlEntry lost =
        new CrlEntry(
            made.entry().serialNumber(), now, RevocationReason.KEY_COMPROMISE, Optional.of(now));
    Path good = pem("good.pem", rootCrl, sign(content, List.of()));
    Path revoked = pem("revoked.pem", rootCrl, sign(content, List.of(lost)));

    assertThat(verify(chain, good, leaf)).contains("leaf.pem: OK");
    assertThat(verify(chain, revoked, leaf)).contains("certificate revoked");
    Path alone = folder.resolve("alone.pem");
    try (OutputStream pem = Files.newOutputStream(alone)) {
      Pem.crl(new ByteArrayInputStream(sign(content, List.of())), pem);
    }
    assertThat(verify(chain, alone, leaf)).contains("unable to get certificate CRL");
  }

  @Test
  @Tag("S19")
  @DisplayName("I-08: cut, altered, lengthened or foreign: it is not taken for a CRL of this CA")
  void damaged() throws Exception {
    byte[] crl = sign(full(), tables().skip(4).findFirst().orElseThrow());
    IntStream.iterate(0, at -> at < crl.length, at -> at + 7)
        .forEach(
            at -> {
              byte[] altered = crl.clone();
              altered[at] ^= 1;
              assertThatThrownBy(() -> reader.read(new ByteArrayInputStream(altered)))
                  .as("octet %d altered", at)
                  .isInstanceOf(CrlDamagedException.class);
              byte[] cut = Arrays.copyOf(crl, at);
              assertThatThrownBy(() -> reader.read(new ByteArrayInputStream(cut)))
                  .as("cut at %d", at)
                  .isInstanceOf(CrlDamagedException.class);
            });
    assertThatThrownBy(
            () -> reader.read(new ByteArrayInputStream(Arrays.copyOf(crl, crl.length + 1))))
        .isInstanceOf(CrlDamagedException.class);
    CrlReader roots =
        new CrlReader(
            Issuer.of(PKI.root().certificate(), TestPki.PUBLICATION.root()),
            PKI.providers().forVerification());
    assertThatThrownBy(() -> roots.read(new ByteArrayInputStream(crl)))
        .isInstanceOf(CrlDamagedException.class);
  }

  @Test
  @DisplayName("E2: 100,000 entries go through in blocks")
  void large() throws Exception {
    Path file = folder.resolve("large.crl");
    try (CrlEntryFile entries = CrlEntryFile.create(folder.resolve("entries"));
        OutputStream out = Files.newOutputStream(file)) {
      for (int i = 1; i <= 100_000; i++) {
        entries.append(entry(i, RevocationReason.KEY_COMPROMISE, THIS, Optional.empty()));
      }
      signer.sign(full(), entries, out);
    }
    assertThat(reader.read(file).entries()).isEqualTo(100_000);
    assertThat(folder.resolve("entries")).doesNotExist();
  }

  private static CrlContent full() {
    return CrlContent.full(NUMBER, THIS.plusMillis(999), NEXT);
  }

  private byte[] sign(CrlContent content, List<CrlEntry> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CrlEntryFile file = CrlEntryFile.create(folder.resolve("entries"))) {
      for (CrlEntry entry : entries) {
        file.append(entry);
      }
      signer.sign(content, file, out);
    }
    return out.toByteArray();
  }

  private Path pem(String name, byte[]... crls) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (byte[] crl : crls) {
        Pem.crl(new ByteArrayInputStream(crl), out);
      }
    }
    return file;
  }

  private static String verify(Path chain, Path crls, Path leaf) throws Exception {
    return openssl(
        "verify",
        "-crl_check_all",
        "-attime",
        Long.toString(THIS.getEpochSecond()),
        "-CAfile",
        chain.toString(),
        "-CRLfile",
        crls.toString(),
        leaf.toString());
  }

  private static String openssl(String... arguments) throws Exception {
    List<String> command = Stream.concat(Stream.of("openssl"), Arrays.stream(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  private static long number(X509CRLHolder crl, ASN1ObjectIdentifier which) {
    return ASN1Integer.getInstance(crl.getExtension(which).getParsedValue()).longValueExact();
  }

  private static void requireSame(CrlEntry entry, X509CRLEntryHolder read) {
    assertThat(read.getRevocationDate()).isEqualTo(Date.from(entry.revocationDate()));
    boolean extensions =
        entry.reason() != RevocationReason.UNSPECIFIED || entry.invalidityDate().isPresent();
    assertThat(read.hasExtensions()).isEqualTo(extensions);
    if (entry.invalidityDate().isPresent()) {
      assertThat(read.getExtension(Extension.invalidityDate).getParsedValue())
          .isEqualTo(new ASN1GeneralizedTime(Date.from(entry.invalidityDate().get())));
    }
  }

  private static void requireSame(CrlEntry entry, X509CRLEntry read) {
    assertThat(read.getRevocationDate()).isEqualTo(Date.from(entry.revocationDate()));
    assertThat(Optional.ofNullable(read.getRevocationReason()).map(Enum::name))
        .isEqualTo(
            entry.reason() == RevocationReason.UNSPECIFIED
                ? Optional.empty()
                : Optional.of(entry.reason().name()));
  }

  private static X509CRL x509(byte[] crl) throws Exception {
    return (X509CRL)
        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(crl));
  }

  private static SerialNumber serial(long value) {
    return new SerialNumber(BigInteger.valueOf(value));
  }

  private static CrlEntry entry(
      long serial, RevocationReason reason, Instant at, Optional<Instant> invalidityDate) {
    return new CrlEntry(serial(serial), at, reason, invalidityDate);
  }
}
