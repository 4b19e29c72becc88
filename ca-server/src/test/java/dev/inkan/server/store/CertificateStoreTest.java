package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class CertificateStoreTest {

  private final Bed bed;

  CertificateStoreTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private static final Der DER = Der.copyOf(new byte[] {0x30, 0x03, 0x02, 0x01, 0x05});
  private static final CertificateStatus.Revoked LOST =
      new CertificateStatus.Revoked(Bed.NOW.plusSeconds(9), RevocationReason.KEY_COMPROMISE);
  private static final String CURRENT =
      "SELECT COUNT(*) FROM certificate WHERE current_for IS NOT NULL";

  @BeforeEach
  void addTaro() {
    bed.addTaro();
  }

  @Test
  void anEntryGoesFromPreparedToIssuedToRevoked() {
    CertificateRecord entry = prepare(1, Bed.NOW);
    assertThat(find(1)).contains(entry);
    assertThat(bed.find(stores -> stores.certificates().encoded(Bed.serial(1)))).isEmpty();
    assertThat(bed.list(stores -> stores.certificates().findPrepared(Bed.NODE)))
        .containsExactly(entry);

    assertThat(issue(1, DER)).isTrue();
    assertThat(find(1)).contains(entry.issued());
    assertThat(bed.find(stores -> stores.certificates().encoded(Bed.serial(1)))).contains(DER);
    assertThat(bed.find(stores -> stores.certificates().find(Fingerprint.of(DER))))
        .contains(entry.issued());
    assertThat(bed.list(stores -> stores.certificates().findPrepared(Bed.NODE))).isEmpty();

    assertThat(revoke(1, LOST)).isTrue();
    assertThat(find(1).orElseThrow().revocation()).contains(LOST);
  }

  @Test
  void theFirstRevocationStands() {
    prepare(1, Bed.NOW);
    issue(1, DER);
    revoke(1, LOST);

    assertThat(
            revoke(
                1, new CertificateStatus.Revoked(Bed.NOW, RevocationReason.CESSATION_OF_OPERATION)))
        .isFalse();
    assertThat(find(1).orElseThrow().revocation()).contains(LOST);
  }

  @Test
  @Tag("S8")
  void anAbandonedEntryCountsAsRevokedAndCannotBeIssued() {
    prepare(1, Bed.NOW);

    assertThat(abandon(1, Optional.of(DER))).isTrue();

    CertificateRecord closed = find(1).orElseThrow();
    assertThat(closed.state()).isEqualTo(LedgerState.ABANDONED);
    assertThat(closed.revocation().map(CertificateStatus.Revoked::at)).contains(Bed.NOW);
    assertThat(bed.find(stores -> stores.certificates().encoded(Bed.serial(1)))).contains(DER);
    assertThat(issue(1, DER)).isFalse();
    assertThat(abandon(1, Optional.empty())).isFalse();
    assertThat(revoke(1, LOST)).isFalse();
  }

  @Test
  void entriesComeInTheOrderOfPreparation() {
    prepare(3, Bed.NOW);
    prepare(1, Bed.NOW);
    prepare(2, Bed.NOW);

    assertThat(bed.list(stores -> stores.certificates().findBySubscriber(Bed.TARO)))
        .extracting(CertificateRecord::serialNumber)
        .containsExactly(Bed.serial(3), Bed.serial(1), Bed.serial(2));
  }

  @Test
  @Tag("S9")
  void aSerialNumberIsNeverTakenTwice() {
    prepare(1, Bed.NOW);
    abandon(1, Optional.empty());

    assertThatThrownBy(() -> prepare(1, Bed.NOW))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("serial_number_is_taken");
  }

  @Test
  @Tag("A8")
  void theMarkGoesToTheNewestAndEndsWithIt() {
    prepare(1, Bed.NOW);
    issue(1, DER);
    prepare(2, Bed.NOW.plusSeconds(1));
    assertThat(currentSerial()).isEqualTo(Bed.serial(2).toString());

    abandon(2, Optional.empty());
    assertThat(bed.count(CURRENT)).isZero();
  }

  @Test
  @Tag("A8")
  void aRevocationEndsTheMark() {
    prepare(1, Bed.NOW);
    issue(1, DER);
    assertThat(bed.count(CURRENT)).isEqualTo(1);

    revoke(1, LOST);

    assertThat(bed.count(CURRENT)).isZero();
  }

  @Test
  @Tag("A8")
  void whatIsRestoredTakesTheMarkOnlyFromOlderEntries() {
    prepare(2, Bed.NOW);
    restore(1, Bed.NOW.minusSeconds(1));
    assertThat(currentSerial()).isEqualTo(Bed.serial(2).toString());

    restore(3, Bed.NOW.plusSeconds(1));
    assertThat(currentSerial()).isEqualTo(Bed.serial(3).toString());
  }

  @Test
  @Tag("S7")
  void otherKindsHaveNoMark() {
    CertificateRecord server =
        CertificateRecord.prepared(
            Bed.serial(1),
            CertificateKind.TLS_SERVER,
            CaName.ISSUING,
            new SubscriberId("tls:localhost"),
            Bed.prepared(1, Bed.TARO, Bed.NOW).validity(),
            Bed.NOW,
            Bed.NODE);

    bed.run(stores -> stores.certificates().prepare(server));

    assertThat(find(1)).contains(server);
    assertThat(bed.count(CURRENT)).isZero();
  }

  @Test
  @Tag("A8")
  @DisplayName("A8: of 50 parallel issues that look first under the lock exactly one is prepared")
  void parallelIssuesUnderTheLockGiveOne() throws Exception {
    try (Bed secondServer = new Bed(bed.settings)) {
      List<Callable<Boolean>> issues = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int serial = i;
        Bed server = i % 2 == 0 ? bed : secondServer;
        issues.add(() -> prepareUnlessThereIsOne(server, serial));
      }

      assertThat(Race.of(issues)).filteredOn(done -> done).hasSize(1);
    }
    assertThat(bed.count(CURRENT)).isEqualTo(1);
    assertThat(bed.count("SELECT COUNT(*) FROM certificate")).isEqualTo(1);
  }

  private static boolean prepareUnlessThereIsOne(Bed server, int serial) {
    return server.get(
        stores -> {
          assertThat(stores.certificates().lock(Bed.TARO)).isTrue();
          if (!stores.certificates().findBySubscriber(Bed.TARO).isEmpty()) {
            return false;
          }
          stores.certificates().prepare(Bed.prepared(serial + 1, Bed.TARO, Bed.NOW));
          return true;
        });
  }

  @Test
  @Tag("A8")
  @DisplayName(
      "A8: 50 parallel entries of one subscriber, even without the lock, leave one current")
  void parallelEntriesLeaveOneCurrent() throws Exception {
    List<Callable<Boolean>> entries = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      int serial = i;
      entries.add(
          () -> {
            try {
              prepare(serial, Bed.NOW);
              return true;
            } catch (StoreUnavailableException refused) {
              return false;
            }
          });
    }

    assertThat(Race.of(entries)).contains(true);
    assertThat(bed.count(CURRENT)).isEqualTo(1);
  }

  @Test
  @Tag("A8")
  void theDatabaseItselfRefusesASecondCurrentEntry() {
    prepare(1, Bed.NOW);
    prepare(2, Bed.NOW);

    assertThatThrownBy(
            () ->
                bed.count(
                    "UPDATE certificate SET current_for = subscriber_id",
                    "SELECT COUNT(*) FROM certificate"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("one_current_certificate_per_subscriber");
  }

  @Test
  void onlyAKnownSubscriberCanBeLocked() {
    assertThat(bed.did(stores -> stores.certificates().lock(new SubscriberId("nobody")))).isFalse();
  }

  private CertificateRecord prepare(long serial, Instant at) {
    CertificateRecord entry = Bed.prepared(serial, Bed.TARO, at);
    bed.run(stores -> stores.certificates().prepare(entry));
    return entry;
  }

  private void restore(long serial, Instant at) {
    Der certificate = Der.copyOf(new byte[] {0x30, 0x03, 0x02, 0x01, (byte) serial});
    bed.run(
        stores ->
            stores
                .certificates()
                .restore(Bed.prepared(serial, Bed.TARO, at).issued(), certificate));
  }

  private boolean issue(long serial, Der certificate) {
    return bed.did(stores -> stores.certificates().markIssued(Bed.serial(serial), certificate));
  }

  private boolean abandon(long serial, Optional<Der> signed) {
    return bed.did(stores -> stores.certificates().abandon(Bed.serial(serial), Bed.NOW, signed));
  }

  private boolean revoke(long serial, CertificateStatus.Revoked revocation) {
    return bed.did(stores -> stores.certificates().revoke(Bed.serial(serial), revocation));
  }

  private Optional<CertificateRecord> find(long serial) {
    return bed.find(stores -> stores.certificates().find(Bed.serial(serial)));
  }

  private String currentSerial() {
    return bed.database.inTransaction(
        handle ->
            handle
                .createQuery("SELECT serial_number FROM certificate WHERE current_for IS NOT NULL")
                .map((row, context) -> row.getString(1))
                .one());
  }
}
