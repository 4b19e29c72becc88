package dev.inkan.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S10")
class StatusTableTest {

  private final StatusTable table = new StatusTable();
  private final Random random = new Random(3);

  @Test
  @DisplayName("100,000 serial numbers of any length keep the last status put, others have none")
  void agreesWithAMap() {
    Map<SerialNumber, Long> model = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      SerialNumber serial = serial(i % 50 == 0 ? 150 : 127);
      model.put(serial, (long) random.nextInt(5));
      table.put(serial, model.get(serial));
    }
    model.replaceAll((serial, status) -> random.nextBoolean() ? 1 : status);
    model.forEach(table::put);
    model.forEach((serial, status) -> assertThat(table.find(serial)).isEqualTo(status));
    for (int i = 0; i < 10_000; i++) {
      assertThat(table.find(serial(127))).isEqualTo(PackedStatus.UNKNOWN);
    }
  }

  @Test
  @DisplayName("readers see each entry whole while others are put in and the table grows")
  void readersAndAWriter() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      SerialNumber there = new SerialNumber(BigInteger.valueOf(42));
      table.put(there, 7);
      Future<Integer> wrong =
          reader.submit(
              () -> {
                int errors = 0;
                Random own = new Random(9);
                while (!done.get()) {
                  errors += table.find(there) == 7 ? 0 : 1;
                  errors += table.find(new SerialNumber(odd(own))) == 0 ? 0 : 1;
                }
                return errors;
              });
      for (int i = 0; i < 60_000; i++) {
        table.put(new SerialNumber(odd(random).clearBit(0)), 1);
      }
      done.set(true);
      assertThat(wrong.get()).isZero();
    } finally {
      reader.shutdownNow();
    }
  }

  private static BigInteger odd(Random random) {
    return new BigInteger(127, random).setBit(0).setBit(100);
  }

  @Test
  @DisplayName("every status comes back as it was packed, to the second")
  void packing() {
    for (RevocationReason reason : RevocationReason.values()) {
      CertificateStatus revoked =
          new CertificateStatus.Revoked(Instant.parse("2055-01-02T03:04:05Z"), reason);
      assertThat(PackedStatus.unpack(PackedStatus.pack(revoked))).isEqualTo(revoked);
    }
    assertThat(PackedStatus.unpack(PackedStatus.pack(new CertificateStatus.Good())))
        .isEqualTo(new CertificateStatus.Good());
    assertThat(PackedStatus.unpack(PackedStatus.UNKNOWN))
        .isEqualTo(new CertificateStatus.Unknown());
  }

  private SerialNumber serial(int bits) {
    return new SerialNumber(new BigInteger(bits, random).setBit(bits));
  }
}
