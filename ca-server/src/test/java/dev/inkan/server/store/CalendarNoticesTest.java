package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.BankCalendar;
import dev.inkan.core.policy.ExpiryNotices;
import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.store.Transactions;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.server.mail.MailSealer;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.certificate.CalendarNotices;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
@Tag("A4")
final class CalendarNoticesTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final IssuancePolicy POLICY = IssuancePolicy.bank(TOKYO);
  private static final Instant ISSUED = Instant.parse("2026-11-22T03:00:00Z");
  private static final Instant OPENS = Instant.parse("2027-10-22T15:00:00Z");
  private static final Instant ENDS = Instant.parse("2027-11-22T15:00:00Z");

  private static final UserId TARO = new UserId("taro01");

  private final Bed bed;
  private final Queue<Notice> told = new ConcurrentLinkedQueue<>();

  CalendarNoticesTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
  }

  @BeforeEach
  void addTaro() {
    bed.addTaro();
    issue(1, Bed.TARO, ISSUED);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  @DisplayName("A4: one mail at 00:00 of the day renewal opens, one after the end, none between")
  void aYear() {
    LocalDate end = LocalDate.of(2027, 12, 31);
    for (LocalDate day = LocalDate.of(2026, 11, 23); day.isBefore(end); day = day.plusDays(1)) {
      Instant midnight = day.atStartOfDay(TOKYO).toInstant();
      runAt(midnight, 30);
      runAt(midnight.plusSeconds(86_399), 30);
    }

    assertThat(told)
        .containsExactly(
            new Notice.Expiring(TARO, POLICY.validityFrom(ISSUED), 30),
            new Notice.Expired(TARO, POLICY.validityFrom(ISSUED)));
    assertThat(noticedAt("expiring-30")).isEqualTo(1);
    assertThat(bed.count("SELECT COUNT(*) FROM calendar_notice")).isEqualTo(2);
  }

  @Test
  @DisplayName("A4: 23:59:59 of the day before is too early, 00:00 is not")
  void toTheSecond() {
    runAt(OPENS.minusSeconds(1), 30);
    assertThat(told).isEmpty();

    runAt(OPENS, 30);
    assertThat(kinds()).containsExactly("expiring");

    runAt(ENDS.minusSeconds(1), 30);
    assertThat(kinds()).containsExactly("expiring");

    runAt(ENDS, 30);
    assertThat(kinds()).containsExactly("expiring", "expired");
  }

  @Test
  @DisplayName("A4: after a restart nothing is told again")
  void onceOverRestarts() {
    runAt(OPENS, 30);
    try (Bed restarted = new Bed(bed.settings)) {
      run(restarted, OPENS.plusSeconds(600), 30);
      run(restarted, ENDS, 30);
    }
    try (Bed restarted = new Bed(bed.settings)) {
      run(restarted, ENDS.plusSeconds(600), 30);
    }

    assertThat(kinds()).containsExactly("expiring", "expired");
  }

  @Test
  @DisplayName("A4: after an outage the latest comes late and says how many days are left")
  void lateAfterAnOutage() {
    Instant fiveDaysLeft = ENDS.minus(Duration.ofDays(6));

    runAt(fiveDaysLeft, 30, 10, 3);

    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.Expiring.class, it -> assertThat(it.daysLeft()).isEqualTo(5));
    assertThat(noticedAt("expiring-10")).isEqualTo(1);

    runAt(ENDS.plus(Duration.ofDays(300)), 30, 10, 3);
    assertThat(kinds()).containsExactly("expiring", "expired");
  }

  @Test
  @DisplayName("A4: a clock that steps back does not bring an earlier mail after a later one")
  void clockStepsBack() {
    runAt(ENDS.minus(Duration.ofDays(11)), 30, 10, 3);
    assertThat(noticedAt("expiring-10")).isEqualTo(1);

    runAt(ENDS.minus(Duration.ofDays(11)).minus(Duration.ofHours(1)), 30, 10, 3);
    assertThat(told).hasSize(1);

    runAt(ENDS, 30, 10, 3);
    runAt(ENDS.minus(Duration.ofHours(1)), 30, 10, 3);
    assertThat(kinds()).containsExactly("expiring", "expired");
  }

  @Test
  @DisplayName("A4: 30, 10 and 3 days before, each once")
  void several() {
    for (Instant at = OPENS; at.isBefore(ENDS.plusSeconds(1)); at = at.plus(Duration.ofHours(6))) {
      runAt(at, 30, 10, 3);
    }

    assertThat(told.stream().map(CalendarNoticesTest::daysLeft)).containsExactly(30, 10, 3, -1);
  }

  @Test
  @DisplayName("A4, A7: who renewed is told of the new certificate's end alone")
  void renewed() {
    runAt(OPENS, 30);
    issue(2, Bed.TARO, OPENS.plusSeconds(60));

    runAt(ENDS, 30);
    assertThat(kinds()).containsExactly("expiring");

    Instant nextOpens = POLICY.renewalOpens(POLICY.validityFrom(OPENS.plusSeconds(60)));
    runAt(nextOpens, 30);
    assertThat(kinds()).containsExactly("expiring", "expiring");
    assertThat(aboutCount(2)).isEqualTo(1);
  }

  @Test
  @DisplayName("A4: a renewal that failed is none")
  void abandonedRenewal() {
    bed.run(
        stores -> {
          stores.certificates().prepare(entry(2, Bed.TARO, OPENS));
          stores.certificates().abandon(Bed.serial(2), OPENS, Optional.empty());
        });

    runAt(OPENS, 30);
    runAt(ENDS, 30);

    assertThat(kinds()).containsExactly("expiring", "expired");
  }

  @Test
  @DisplayName("A4: a renewal revoked before the old one's end leaves the holder with the old one")
  void revokedRenewal() {
    issue(2, Bed.TARO, OPENS);
    revoke(2, OPENS.plusSeconds(60), RevocationReason.KEY_COMPROMISE);

    runAt(ENDS, 30);
    assertThat(kinds()).containsExactly("expired");
    assertThat(aboutCount(1)).isEqualTo(1);
  }

  @Test
  @DisplayName("A4: a renewal revoked later does not bring the old one's end up again")
  void renewalRevokedLongAfter() {
    issue(2, Bed.TARO, OPENS);
    runAt(ENDS, 30);
    revoke(2, ENDS.plusSeconds(60), RevocationReason.KEY_COMPROMISE);

    runAt(ENDS.plus(Duration.ofDays(1)), 30);

    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("A4: nobody is told of a revoked or held certificate")
  void revoked() {
    revoke(1, ISSUED.plusSeconds(60), RevocationReason.CERTIFICATE_HOLD);

    runAt(OPENS, 30);
    runAt(ENDS, 30);

    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("A4: removed users, and certificates that are no subscriber's, get no mail")
  void removedAndOthers() {
    bed.run(
        stores -> {
          CertificateRecord server =
              new CertificateRecord(
                  Bed.serial(9),
                  CertificateKind.OPERATOR,
                  CaName.ISSUING,
                  Bed.TARO,
                  POLICY.validityFrom(ISSUED),
                  LedgerState.ISSUED,
                  ISSUED,
                  Bed.NODE,
                  Optional.empty());
          stores.certificates().restore(server, der(9));
        });
    long removed =
        bed.count(
            "UPDATE app_user SET removed_at = CURRENT_TIMESTAMP",
            "SELECT COUNT(*) FROM app_user WHERE removed_at IS NOT NULL");
    assertThat(removed).isEqualTo(1);

    runAt(OPENS, 30);
    runAt(ENDS, 30);

    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("A4: the mail is queued with the certificate it is about and until when it counts")
  void outboxRow() {
    runAt(OPENS, 30, 10);

    assertThat(
            bed.count(
                "SELECT COUNT(*) FROM mail_outbox WHERE kind = 'expiring' AND serial_number = '"
                    + Bed.serial(1)
                    + "' AND deadline = TIMESTAMP WITH TIME ZONE '2027-11-11 15:00:00+00:00'"))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("A4: two servers whose jobs run at once tell 450 holders once each")
  void twoServersAtOnce() throws Exception {
    addPeople(450);
    try (Bed second = new Bed(bed.settings)) {
      List<Callable<Boolean>> runs =
          Stream.of(bed, second, bed, second)
              .<Callable<Boolean>>map(
                  on ->
                      () -> {
                        notices(on.transactions, OPENS, 30).run();
                        return true;
                      })
              .toList();

      assertThat(Race.of(runs)).hasSize(4).containsOnly(true);
    }

    assertToldOnce(451);
  }

  @Test
  @DisplayName("A4: a run that dies in the middle is carried on by the next; nobody is told twice")
  void killedInTheMiddle() {
    addPeople(30);
    AtomicInteger transactions = new AtomicInteger();
    Transactions<RegistrationStores> dying =
        new Transactions<>() {
          @Override
          public <R> R inTransaction(Function<RegistrationStores, R> work) {
            return bed.transactions.inTransaction(
                stores -> {
                  R result = work.apply(stores);
                  if (transactions.incrementAndGet() == 15) {
                    throw new StoreUnavailableException(
                        "killed before the commit", new IllegalStateException());
                  }
                  return result;
                });
          }
        };

    assertThatThrownBy(() -> notices(dying, OPENS, 30).run())
        .hasMessage("killed before the commit");
    assertToldOnce(13);

    runAt(OPENS, 30);
    assertToldOnce(31);
  }

  @Test
  @DisplayName("A4: one mail that cannot be written does not keep the others back")
  void oneFailureAlone() {
    addPeople(5);
    AtomicInteger mails = new AtomicInteger();
    MailSealer failing =
        (number, language, notice) -> {
          if (mails.incrementAndGet() == 3) {
            throw new IllegalStateException("no such text");
          }
          return Bed.SEALER.compose(number, language, notice);
        };
    new CalendarNotices(
            new JdbiTransactions(bed.database, failing, bed.clock),
            policy(30),
            new MutableClock(OPENS))
        .run();
    assertToldOnce(5);

    runAt(OPENS, 30);
    assertToldOnce(6);
  }

  private void assertToldOnce(int holders) {
    assertThat(bed.count("SELECT COUNT(*) FROM calendar_notice")).isEqualTo(holders);
    assertThat(bed.count("SELECT COUNT(*) FROM mail_outbox")).isEqualTo(holders);
    assertThat(bed.count("SELECT COUNT(DISTINCT serial_number) FROM mail_outbox"))
        .isEqualTo(holders);
  }

  private void addPeople(int count) {
    bed.run(
        stores ->
            IntStream.rangeClosed(1, count)
                .forEach(
                    i -> {
                      SubscriberId id = new SubscriberId("person-" + i);
                      stores.users().add(Bed.user(id, "person" + i, UserRole.GENERAL, Bed.BANK));
                    }));
    IntStream.rangeClosed(1, count)
        .forEach(i -> issue(100 + i, new SubscriberId("person-" + i), ISSUED));
  }

  private void issue(long serial, SubscriberId holder, Instant at) {
    bed.run(
        stores -> {
          stores.certificates().prepare(entry(serial, holder, at));
          stores.certificates().markIssued(Bed.serial(serial), der(serial));
        });
  }

  private void revoke(long serial, Instant at, RevocationReason reason) {
    bed.run(
        stores ->
            stores
                .certificates()
                .revoke(Bed.serial(serial), new CertificateStatus.Revoked(at, reason)));
  }

  private static CertificateRecord entry(long serial, SubscriberId holder, Instant at) {
    return CertificateRecord.prepared(
        Bed.serial(serial),
        CertificateKind.SUBSCRIBER,
        CaName.ISSUING,
        holder,
        POLICY.validityFrom(at),
        at,
        Bed.NODE);
  }

  private static Der der(long serial) {
    return Der.copyOf(("certificate " + serial).getBytes(StandardCharsets.US_ASCII));
  }

  private void runAt(Instant now, Integer... daysBefore) {
    run(bed, now, daysBefore);
  }

  private void run(Bed on, Instant now, Integer... daysBefore) {
    MailSealer noting =
        (number, language, notice) -> {
          told.add(notice);
          return Bed.SEALER.compose(number, language, notice);
        };
    notices(new JdbiTransactions(on.database, noting, on.clock), now, daysBefore).run();
  }

  private static CalendarNotices notices(
      Transactions<RegistrationStores> transactions, Instant now, Integer... daysBefore) {
    return new CalendarNotices(transactions, policy(daysBefore), new MutableClock(now));
  }

  private static ExpiryNotices policy(Integer... daysBefore) {
    return new ExpiryNotices(List.of(daysBefore), new BankCalendar(TOKYO));
  }

  private List<String> kinds() {
    return told.stream().map(Notice::kind).toList();
  }

  private static int daysLeft(Notice notice) {
    return notice instanceof Notice.Expiring expiring ? expiring.daysLeft() : -1;
  }

  private long noticedAt(String kind) {
    return bed.count("SELECT COUNT(*) FROM calendar_notice WHERE kind = '" + kind + "'");
  }

  private long aboutCount(long serial) {
    SerialNumber number = Bed.serial(serial);
    return bed.count("SELECT COUNT(*) FROM mail_outbox WHERE serial_number = '" + number + "'");
  }
}
