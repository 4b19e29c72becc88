package dev.inkan.core.ocsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.testing.Mutations;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.TestPki;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.Req;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Requests spoilt at random; {@code -Dinkan.spoilt.requests=10000000 -Dinkan.spoilt.seed=2} reads
 * more of them, others.
 */
@Tag("S18")
class SpoiltOcspRequestsTest {

  private static final int CASES = Integer.getInteger("inkan.spoilt.requests", 20_000);
  private static final long SEED = Long.getLong("inkan.spoilt.seed", 1);
  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final Der ISSUER = PKI.issuing().certificate();
  private static final int MOST_CERTIFICATES = 32;

  private final OcspRequestReader reader = new OcspRequestReader(MOST_CERTIFICATES);

  @Test
  @DisplayName(
      "S18: spoilt requests are refused or read as Bouncy Castle reads them, in little memory")
  void spoilt() throws Exception {
    List<byte[]> seeds = seeds();
    Mutations mutations = new Mutations(SEED);
    var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    seeds.forEach(reader::read); // what is loaded once counts for nothing below
    long most = 0;
    int understood = 0;
    long longest = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] spoilt = mutations.of(seeds.get(i % seeds.size()));
      byte[] before = spoilt.clone();
      long allocated = memory.getCurrentThreadAllocatedBytes();
      long since = System.nanoTime();
      OcspReading reading = read(spoilt);
      longest = Math.max(longest, System.nanoTime() - since);
      most = Math.max(most, memory.getCurrentThreadAllocatedBytes() - allocated);
      assertThat(spoilt).isEqualTo(before);
      if (reading instanceof OcspReading.Understood read) {
        understood++;
        requireSame(read.request(), spoilt);
      }
    }
    assertThat(understood).as("so that the depths are reached").isBetween(CASES / 50, CASES / 2);
    assertThat(most).as("octets for one request").isLessThan(2_000_000);
    assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(1));
  }

  private static List<byte[]> seeds() throws Exception {
    OcspQuestion several = new OcspQuestion(ISSUER, OcspQuestion.SHA_256).about(BigInteger.TEN);
    several.about(BigInteger.ONE.shiftLeft(126)).about(BigInteger.TWO).nonce(128);
    X509CertificateHolder root = new X509CertificateHolder(PKI.root().certificate().toByteArray());
    byte[] signed =
        new OcspQuestion(ISSUER)
            .about(BigInteger.TEN)
            .nonce(16)
            .builder()
            .setRequestorName(new GeneralName(new X500Name("CN=somebody")))
            .build(PKI.root().newSigner(), new X509CertificateHolder[] {root})
            .getEncoded();
    byte[] plain = new OcspQuestion(ISSUER).about(BigInteger.TEN).encoded();
    return List.of(plain, several.encoded(), signed);
  }

  private OcspReading read(byte[] spoilt) {
    try {
      return reader.read(spoilt);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(HexFormat.of().formatHex(spoilt), e);
    }
  }

  private static void requireSame(OcspRequest read, byte[] spoilt) throws Exception {
    Optional<OCSPReq> whole = parse(spoilt);
    if (whole.isEmpty()) {
      return;
    }
    Req[] expected = whole.get().getRequestList();
    assertThat(read.certificates()).hasSizeBetween(1, MOST_CERTIFICATES).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      BigInteger serial = expected[i].getCertID().getSerialNumber();
      read.certificates()
          .get(i)
          .serialNumber()
          .ifPresent(it -> assertThat(it.value()).isEqualTo(serial));
    }
  }

  /** Bouncy Castle counts levels from the outermost, and we from the part that it looks at. */
  private static Optional<OCSPReq> parse(byte[] spoilt) throws IOException {
    try {
      return Optional.of(new OCSPReq(spoilt));
    } catch (IOException e) {
      assertThat(e)
          .as(() -> HexFormat.of().formatHex(spoilt))
          .hasMessageContaining("maximum nested construction level");
      return Optional.empty();
    }
  }
}
