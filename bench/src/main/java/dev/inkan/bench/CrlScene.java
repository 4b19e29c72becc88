package dev.inkan.bench;

import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.crl.CrlContent;
import dev.inkan.core.crl.CrlEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/** What every CRL here says: many entries with a reason, made one by one and always the same. */
final class CrlScene {

  /** How many entries, {@code -Dinkan.bench.entries}. */
  static final int ENTRIES = Integer.getInteger("inkan.bench.entries", 1_000_000);

  private static final int SERIAL_OCTETS = 16;
  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

  private final SplittableRandom random = new SplittableRandom(1);
  private final byte[] serial = new byte[SERIAL_OCTETS];

  static CrlContent content() {
    return CrlContent.full(new CrlNumber(1_795_000_000_000L), NOW, NOW.plus(Duration.ofDays(3)));
  }

  /** The next entry, of {@link #ENTRIES}. */
  CrlEntry next() {
    random.nextBytes(serial);
    serial[0] = (byte) ((serial[0] & 0x7f) | 0x40);
    return new CrlEntry(
        new SerialNumber(new BigInteger(serial)),
        NOW.minusSeconds(serial[1] * 1000L + 200_000L),
        RevocationReason.KEY_COMPROMISE,
        Optional.empty());
  }

  /** A folder that goes when the process does. */
  static Path folder() {
    try {
      Path folder = Files.createTempDirectory("inkan-bench-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
