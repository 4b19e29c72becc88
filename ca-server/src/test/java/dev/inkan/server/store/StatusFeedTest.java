package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.ocsp.SingleAnswer;
import dev.inkan.server.status.LedgerPoint;
import dev.inkan.server.status.StatusFeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("D2")
@Tag("S10")
final class StatusFeedTest {

  private static final CertificateStatus.Revoked LOST =
      new CertificateStatus.Revoked(Bed.NOW, RevocationReason.KEY_COMPROMISE);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Engine.class)
  @DisplayName("D2: everything is read once, then every committed change in order, from any server")
  void followsTheLedger(Engine engine) {
    try (Bed bed = new Bed(engine, directory);
        Bed other = new Bed(bed.settings)) {
      issue(bed, 1, CertificateKind.SUBSCRIBER);
      issue(bed, 2, CertificateKind.ROOT);
      bed.run(stores -> stores.certificates().prepare(prepared(3)));

      StatusFeed feed = new JdbiStatusFeed(other.database);
      Map<SerialNumber, CertificateStatus> index = new HashMap<>();
      LedgerPoint position = feed.readAll(it -> index.put(it.serialNumber(), it.status()));
      assertThat(index)
          .containsOnly(
              Map.entry(Bed.serial(1), new CertificateStatus.Good()),
              Map.entry(Bed.serial(3), new CertificateStatus.Unknown()));

      assertThat(feed.changesAfter(position.change(), position).changes()).isEmpty();
      bed.run(stores -> stores.certificates().revoke(Bed.serial(1), LOST));
      bed.run(stores -> stores.certificates().abandon(Bed.serial(3), Bed.NOW, Optional.empty()));
      issue(other, 4, CertificateKind.OCSP_RESPONDER);

      StatusFeed.Changes changes = feed.changesAfter(position.change(), position);
      assertThat(changes.complete()).isTrue();
      changes.changes().forEach(it -> index.put(it.serialNumber(), it.status()));
      CertificateStatus.Revoked lost =
          new CertificateStatus.Revoked(
              Bed.NOW.truncatedTo(java.time.temporal.ChronoUnit.MICROS), LOST.reason());
      assertThat(index)
          .containsOnly(
              Map.entry(Bed.serial(1), lost),
              Map.entry(Bed.serial(3), SingleAnswer.NEVER_ISSUED),
              Map.entry(Bed.serial(4), new CertificateStatus.Good()));
      assertThat(feed.changesAfter(changes.position(), changes.end()).changes()).isEmpty();
      assertThat(
              Duration.between(changes.databaseTime(), java.time.Clock.systemUTC().instant()).abs())
          .isLessThan(Duration.ofMinutes(1));
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  @DisplayName("D2: a server's transactions tell, after the commit, which certificates changed")
  void tellsAfterTheCommit(Engine engine) {
    try (Bed bed = new Bed(engine, directory)) {
      StatusFeed feed = new JdbiStatusFeed(bed.database);
      List<Set<SerialNumber>> told = new ArrayList<>();
      Set<SerialNumber> visible = new HashSet<>();
      JdbiTransactions telling =
          bed.transactions.telling(
              changed -> {
                told.add(changed);
                feed.changesAfter(0, LedgerPoint.START)
                    .changes()
                    .forEach(it -> visible.add(it.serialNumber()));
              });
      boolean found =
          telling.inTransaction(
              stores -> {
                stores.certificates().prepare(prepared(1));
                stores.certificates().restore(issued(2, CertificateKind.TLS_SERVER), der(2));
                return stores.certificates().find(Bed.serial(1)).isPresent();
              });
      assertThat(found).isTrue();
      assertThat(told).containsExactly(Set.of(Bed.serial(1), Bed.serial(2)));
      assertThat(visible).containsExactlyInAnyOrder(Bed.serial(1), Bed.serial(2));

      assertThat(
              telling.<Boolean>inTransaction(
                  stores -> stores.certificates().revoke(Bed.serial(9), LOST)))
          .isFalse();
      assertThat(told).hasSize(1);
    }
  }

  private static void issue(Bed bed, long serial, CertificateKind kind) {
    bed.run(stores -> stores.certificates().restore(issued(serial, kind), der(serial)));
  }

  private static Der der(long serial) {
    return Der.copyOf(Bed.serial(serial).value().toByteArray()); // nobody reads it
  }

  private static CertificateRecord issued(long serial, CertificateKind kind) {
    return CertificateRecord.prepared(
            Bed.serial(serial),
            kind,
            kind == CertificateKind.ROOT ? CaName.ROOT : CaName.ISSUING,
            new SubscriberId("somebody" + serial),
            Validity.lasting(Duration.ofDays(366), Bed.NOW),
            Bed.NOW,
            Bed.NODE)
        .issued();
  }

  private static CertificateRecord prepared(long serial) {
    return Bed.prepared(serial, new SubscriberId("somebody" + serial), Bed.NOW);
  }
}
