package dev.inkan.core.crl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.testing.Mutations;
import dev.inkan.core.testing.TestPki;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CRLs spoilt at random; {@code -Dinkan.spoilt.crls=1000000} reads more of them. */
@Tag("S18")
class SpoiltCrlsTest {

  private static final int CASES = Integer.getInteger("inkan.spoilt.crls", 1_000);
  private static final long SEED = Long.getLong("inkan.spoilt.seed", 1);
  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final Issuer ISSUER =
      Issuer.of(PKI.issuing().certificate(), TestPki.PUBLICATION.issuing());

  @TempDir private static Path folder;

  @Test
  @DisplayName("S18: a spoilt CRL is damaged and nothing else, never believed, in little memory")
  void spoilt() throws Exception {
    CrlReader reader = new CrlReader(ISSUER, PKI.providers().forVerification());
    byte[] whole = crl();
    assertThat(reader.read(new ByteArrayInputStream(whole)).entries()).isEqualTo(3);
    Mutations mutations = new Mutations(SEED);
    var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long longest = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] spoilt = mutations.of(whole);
      long allocated = memory.getCurrentThreadAllocatedBytes();
      long since = System.nanoTime();
      boolean damaged = isDamaged(reader, spoilt);
      longest = Math.max(longest, System.nanoTime() - since);
      assertThat(memory.getCurrentThreadAllocatedBytes() - allocated).isLessThan(4_000_000);
      assertThat(damaged)
          .as(() -> HexFormat.of().formatHex(spoilt))
          .isEqualTo(!Arrays.equals(spoilt, whole));
    }
    assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(2));
  }

  private static boolean isDamaged(CrlReader reader, byte[] spoilt) {
    try {
      reader.read(new ByteArrayInputStream(spoilt));
      return false;
    } catch (CrlDamagedException stated) {
      return true;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new AssertionError(HexFormat.of().formatHex(spoilt), e);
    }
  }

  private static byte[] crl() throws IOException {
    CrlContent content =
        CrlContent.full(new CrlNumber(7), TestPki.NOW, TestPki.NOW.plus(Duration.ofDays(3)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CrlEntryFile entries = CrlEntryFile.create(folder.resolve("entries"))) {
      for (int i = 1; i <= 3; i++) {
        SerialNumber serial =
            new SerialNumber(BigInteger.ONE.shiftLeft(126).add(BigInteger.valueOf(i)));
        RevocationReason reason = RevocationReason.KEY_COMPROMISE;
        entries.append(new CrlEntry(serial, TestPki.NOW, reason, Optional.empty()));
      }
      new CrlSigner(ISSUER, PKI.issuing()::newSigner).sign(content, entries, out);
    }
    return out.toByteArray();
  }
}
