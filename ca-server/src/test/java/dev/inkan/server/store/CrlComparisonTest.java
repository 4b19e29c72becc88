package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.crl.CrlEntry;
import dev.inkan.server.status.CrlComparison;
import dev.inkan.server.status.LedgerHistory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The published CRL beside the ledger. */
@Tag("D1")
@Tag("E2")
final class CrlComparisonTest {

  private static final CaName ISSUING = PublishingNode.ISSUING;

  /** 1,000,000 with {@code -Xmx256m} shows what memory it takes. */
  private static final int ENTRIES = Integer.getInteger("inkan.comparison.entries", 1_000);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Engine.class)
  @DisplayName("D1: what is revoked and not on the CRL, and what is on it and no more revoked")
  void differences(Engine engine) throws Exception {
    try (Bed bed = new Bed(engine, directory)) {
      bed.addTaro();
      addRevoked(bed);
      issue(bed, 9_000_001, Bed.NOW.plus(Duration.ofDays(366)));
      issue(bed, 9_000_002, Bed.NOW.plus(Duration.ofDays(366)));
      issue(bed, 9_000_003, Bed.NOW.plus(Duration.ofDays(366)));
      issue(bed, 9_000_004, Bed.NOW.minus(Duration.ofMinutes(30)));
      CertificateStatus.Revoked held =
          new CertificateStatus.Revoked(bed.clock.instant(), RevocationReason.CERTIFICATE_HOLD);
      assertThat(bed.did(it -> it.certificates().hold(Bed.serial(9_000_002), held))).isTrue();
      JdbiCrlStore store = new JdbiCrlStore(bed.database, Bed.NODE);
      PublishingNode node =
          new PublishingNode(bed, store, new LedgerHistory(), directory.resolve("crl"));
      CrlComparison comparison = new CrlComparison(node.folder, store, 5);
      assertThat(comparison.of(ISSUING)).as("none is published").isEmpty();

      CrlNumber number = node.run();
      node.close();
      CrlComparison.Difference none = comparison.of(ISSUING).orElseThrow();
      assertThat(none.missing()).isEmpty();
      assertThat(none.surplus()).isEmpty();
      assertThat(node.entries()).isEqualTo(ENTRIES + 1L);

      bed.clock.advance(Duration.ofSeconds(7));
      CertificateStatus.Revoked lost =
          new CertificateStatus.Revoked(bed.clock.instant(), RevocationReason.KEY_COMPROMISE);
      assertThat(bed.did(it -> it.certificates().revoke(Bed.serial(9_000_001), lost))).isTrue();
      assertThat(
              bed.did(it -> it.certificates().release(Bed.serial(9_000_002), bed.clock.instant())))
          .isTrue();
      // What ended before the CRL is not missed.
      assertThat(bed.did(it -> it.certificates().revoke(Bed.serial(9_000_004), lost))).isTrue();
      CrlComparison.Difference found = comparison.of(ISSUING).orElseThrow();
      assertThat(found.number()).isEqualTo(number);
      Instant at = lost.at().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
      assertThat(found.missing())
          .containsExactly(
              new CrlEntry(Bed.serial(9_000_001), at, lost.reason(), Optional.empty()));
      assertThat(found.surplus())
          .containsExactly(
              new CrlEntry(
                  Bed.serial(9_000_002),
                  Instant.ofEpochSecond(Bed.NOW.getEpochSecond()),
                  RevocationReason.CERTIFICATE_HOLD,
                  Optional.empty()));

      assertThat(bed.count("DELETE FROM certificate", "SELECT COUNT(*) FROM certificate")).isZero();
      List<CrlEntry> first = comparison.of(ISSUING).orElseThrow().surplus();
      assertThat(first).as("as many as are told").hasSize(5);
    }
  }

  private static void issue(Bed bed, long serial, Instant until) {
    CertificateRecord entry =
        CertificateRecord.prepared(
                Bed.serial(serial),
                CertificateKind.SUBSCRIBER,
                CaName.ISSUING,
                Bed.TARO,
                new Validity(Bed.NOW.minus(Duration.ofHours(2)), until),
                Bed.NOW,
                Bed.NODE)
            .issued();
    Der der = Der.copyOf(("c" + serial).getBytes(StandardCharsets.US_ASCII));
    bed.run(stores -> stores.certificates().restore(entry, der));
  }

  private static final String INSERT =
      """
      INSERT INTO certificate (serial_number, kind, issuer, subscriber_id, not_before, not_after, state,
        prepared_at, prepared_by, der, fingerprint, revoked_at, revocation_reason, change_number)
      VALUES (:serial, 'SUBSCRIBER', 'issuing', 'somebody', :now, :until, 'ISSUED', :now, 'node-1', :der,
        :fingerprint, :now, 1, :change)
      """;

  private static void addRevoked(Bed bed) {
    long unused =
        bed.database.inTransaction(
            handle -> {
              PreparedBatch batch = handle.prepareBatch(INSERT);
              for (long i = 1; i <= ENTRIES; i++) {
                batch
                    .bind("serial", Bed.serial(i).toString())
                    .bind("now", Columns.utc(Bed.NOW))
                    .bind("until", Columns.utc(Bed.NOW.plus(Duration.ofDays(366))))
                    .bind("der", new byte[] {1})
                    .bind("fingerprint", "%064x".formatted(i))
                    .bind("change", i)
                    .add();
                if (i % 1_000 == 0) {
                  batch.execute();
                }
              }
              batch.execute();
              return handle
                  .createUpdate("UPDATE ledger_head SET change_number = :change")
                  .bind("change", ENTRIES)
                  .execute();
            });
  }
}
