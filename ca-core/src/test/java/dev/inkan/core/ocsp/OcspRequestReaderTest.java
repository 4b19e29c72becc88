package dev.inkan.core.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.TestPki;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S18")
@Tag("E1")
class OcspRequestReaderTest {

  private static final int ROUNDS = Integer.getInteger("inkan.ocsp.rounds", 20);
  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final Der ISSUER = PKI.issuing().certificate();
  private static final SerialNumber SERIAL = SerialNumber.parse("4123456789abcdef0123456789abcdef");
  private static final ASN1ObjectIdentifier STRANGE = new ASN1ObjectIdentifier("1.3.6.1.4.1.9.9");
  private static final byte[] NULL = {0x05, 0x00};

  private final OcspRequestReader reader = new OcspRequestReader(4);

  @Test
  @DisplayName("E1: serial number, hash and nonce are read as they were asked")
  void readsWhatIsAsked() {
    OcspRequest plain = understood(question().encoded());
    assertThat(plain.certificates()).hasSize(1);
    assertThat(plain.certificates().get(0).serialNumber()).contains(SERIAL);
    assertThat(plain.certificates().get(0).hash()).contains(IssuerHash.SHA_1);
    assertThat(plain.nonce()).isEmpty();

    OcspQuestion more = new OcspQuestion(ISSUER, OcspQuestion.SHA_256);
    OcspRequest request = understood(more.about(SERIAL).about(BigInteger.TWO).nonce(32).encoded());
    assertThat(request.certificates())
        .extracting(id -> id.hash().orElseThrow())
        .containsOnly(IssuerHash.SHA_256);
    assertThat(request.certificates()).hasSize(2);
    assertThat(request.nonce().orElseThrow().length()).isEqualTo(32);
  }

  @Test
  @DisplayName("a CertID with and without NULL parameters is the same certificate in two forms")
  void formsDiffer() {
    byte[] octets = question().encoded();
    CertificateId with = understood(octets).certificates().get(0);
    CertificateId sha256 =
        understood(new OcspQuestion(ISSUER, OcspQuestion.SHA_256).about(SERIAL).encoded())
            .certificates()
            .get(0);
    assertThat(with.form()).isNotEqualTo(sha256.form());
    assertThat(understood(octets).certificates().get(0).form()).isEqualTo(with.form());
  }

  @Test
  @DisplayName("E1: a hash that is not known is read, and names no issuer")
  void unknownHash() {
    OcspRequest request =
        understood(new OcspQuestion(ISSUER, OcspQuestion.SHA_512).about(SERIAL).encoded());
    assertThat(request.certificates().get(0).hash()).isEmpty();
  }

  @Test
  @DisplayName("S18: an algorithm that the answer would repeat, and that is no DER, is malformed")
  void hashThatIsNone() {
    String id = "30%s06%s0500040104040105020101";
    assertThat(reader.read(nested(id.formatted("07", "032a0304"))))
        .isInstanceOf(OcspReading.Understood.class);
    refused(nested(id.formatted("07", "03800304")));
    refused(nested(id.formatted("07", "032a0384")));
    refused(nested(id.formatted("04", "00")));
  }

  /** A request about one CertID. */
  private static byte[] nested(String id) {
    byte[] octets = HexFormat.of().parseHex(id);
    for (int i = 0; i < 5; i++) {
      octets = wrap(0x30, octets);
    }
    return octets;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 23, 32, 127, 128})
  @DisplayName("E1: a nonce of 1-128 octets is taken (RFC 9654)")
  void nonceWithinBounds(int length) {
    assertThat(understood(question().nonce(length).encoded()).nonce().orElseThrow().length())
        .isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 129, 65_536})
  @DisplayName("E1: a nonce of 0 or more than 128 octets is malformed")
  void nonceOutOfBounds(int length) {
    refused(question().nonce(length).encoded());
  }

  @Test
  @DisplayName("E1: as many certificates as agreed are taken, one more is malformed")
  void numberOfCertificates() {
    OcspQuestion four = question();
    for (int i = 2; i <= 4; i++) {
      four.about(BigInteger.valueOf(i));
    }
    assertThat(understood(four.encoded()).certificates()).hasSize(4);
    OcspQuestion thousand = four;
    for (int i = 5; i <= 1000; i++) {
      thousand.about(BigInteger.valueOf(i));
    }
    refused(thousand.encoded());
    refused(HexFormat.of().parseHex("300430023000"));
  }

  @Test
  @DisplayName("E1: an unknown extension is ignored, a critical one is malformed, a double one too")
  void extensions() {
    assertThat(understood(question().extension(STRANGE, false, NULL).encoded()).nonce()).isEmpty();
    refused(question().extension(STRANGE, true, NULL).encoded());
    byte[] basic = {0x30, 0x0b, 0x06, 0x09, 0x2b, 6, 1, 5, 5, 7, 0x30, 1, 1};
    ASN1ObjectIdentifier acceptable = OCSPObjectIdentifiers.id_pkix_ocsp_response;
    assertThat(understood(question().extension(acceptable, true, basic).nonce(8).encoded()).nonce())
        .isPresent();
    refused(question().nonce(8).nonce(8).encoded());
  }

  @Test
  @DisplayName("E1: a nonce without its inner OCTET STRING is malformed")
  void rawNonce() {
    refused(
        question()
            .extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new byte[] {1, 2, 3, 4})
            .encoded());
  }

  @Test
  @DisplayName("E1: a signed request is answered like any other")
  void signedRequest() throws Exception {
    byte[] signed = signed();
    assertThat(understood(signed).certificates().get(0).serialNumber()).contains(SERIAL);
    byte[] broken = signed.clone();
    broken[signed.length - 400]++; // somewhere in the certificate beside the signature
    assertThat(reader.read(broken)).isNotNull();
  }

  private byte[] signed() throws Exception {
    X509CertificateHolder root = new X509CertificateHolder(PKI.root().certificate().toByteArray());
    return question()
        .builder()
        .setRequestorName(new GeneralName(new X500Name("CN=somebody")))
        .build(PKI.root().newSigner(), new X509CertificateHolder[] {root})
        .getEncoded();
  }

  @Test
  @DisplayName(
      "E1: serial numbers that no CA may assign are read; more than 21 octets are malformed")
  void oddSerials() {
    for (BigInteger odd : new BigInteger[] {BigInteger.ZERO, BigInteger.ONE.negate()}) {
      byte[] octets = new OcspQuestion(ISSUER).about(odd).encoded();
      assertThat(understood(octets).certificates().get(0).serialNumber()).isEmpty();
    }
    BigInteger longest = BigInteger.ONE.shiftLeft(159).subtract(BigInteger.ONE);
    assertThat(
            understood(new OcspQuestion(ISSUER).about(longest).encoded())
                .certificates()
                .get(0)
                .serialNumber())
        .contains(new SerialNumber(longest));
    BigInteger tooLong = BigInteger.ONE.shiftLeft(160);
    assertThat(
            understood(new OcspQuestion(ISSUER).about(tooLong).encoded())
                .certificates()
                .get(0)
                .serialNumber())
        .isEmpty();
    refused(new OcspQuestion(ISSUER).about(BigInteger.ONE.shiftLeft(180)).encoded());
  }

  @Test
  @DisplayName("S18: a request cut off after any octet, or with one more, is malformed")
  void truncatedAndTrailing() throws Exception {
    for (byte[] whole : new byte[][] {question().nonce(16).encoded(), signed()}) {
      for (int length = 0; length < whole.length; length++) {
        refused(Arrays.copyOf(whole, length));
      }
      refused(Arrays.copyOf(whole, whole.length + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3080",
        "30800000", // indefinite
        "308180",
        "30820001",
        "3084ffffffff",
        "30847fffffff",
        "30857fffffffff",
        "1f810130",
        "0500",
        "3000",
        "30023000",
        "30043002a000",
        "ffffffffffffffff"
      })
  @DisplayName("S18: octets that are no DER, or not of this shape, are malformed")
  void noRequest(String hex) {
    refused(HexFormat.of().parseHex(hex));
  }

  @Test
  @DisplayName("S18: BER's other ways to write the same are malformed")
  void ber() {
    byte[] request = question().encoded();
    ByteArrayOutputStream indefinite = new ByteArrayOutputStream();
    indefinite.writeBytes(new byte[] {0x30, (byte) 0x80});
    indefinite.writeBytes(Arrays.copyOfRange(request, 2, request.length));
    indefinite.writeBytes(new byte[] {0, 0});
    refused(indefinite.toByteArray());
    ByteArrayOutputStream longLength = new ByteArrayOutputStream();
    longLength.writeBytes(new byte[] {0x30, (byte) 0x81, request[1]});
    longLength.writeBytes(Arrays.copyOfRange(request, 2, request.length));
    refused(longLength.toByteArray());
  }

  @Test
  @DisplayName("S18: thousands of nested sequences are malformed, wherever they stand")
  void nested() throws Exception {
    byte[] deep = {0x30, 0x00};
    while (deep.length < 9_000) {
      deep = wrap(0x30, deep);
    }
    refused(deep);
    byte[] request = question().encoded();
    byte[] tbs = Arrays.copyOfRange(request, 2, request.length);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(tbs);
    both.writeBytes(wrap(0xa0, deep));
    refused(wrap(0x30, both.toByteArray()));
    refused(new DERSequence(new DERSequence()).getEncoded());
  }

  @Test
  @DisplayName("S18: no octet changed anywhere throws anything")
  void mutated() throws Exception {
    Random random = new Random(4);
    for (byte[] whole : new byte[][] {question().nonce(16).encoded(), signed()}) {
      for (int at = 0; at < whole.length; at++) {
        for (int round = 0; round < ROUNDS; round++) {
          byte[] changed = whole.clone();
          changed[at] = (byte) random.nextInt();
          changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
          assertThat(reader.read(changed)).isNotNull();
        }
      }
    }
  }

  private static byte[] wrap(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static OcspQuestion question() {
    return new OcspQuestion(ISSUER).about(SERIAL);
  }

  private OcspRequest understood(byte[] octets) {
    OcspReading reading = reader.read(octets);
    assertThat(reading).isInstanceOf(OcspReading.Understood.class);
    return ((OcspReading.Understood) reading).request();
  }

  private void refused(byte[] octets) {
    assertThat(reader.read(octets))
        .isInstanceOfSatisfying(
            OcspReading.Refused.class,
            it -> assertThat(it.refusal()).isEqualTo(OcspRefusal.MALFORMED_REQUEST));
  }
}
