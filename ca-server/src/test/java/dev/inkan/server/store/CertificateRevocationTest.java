package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.policy.IssuanceDecision;
import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.server.mail.MailSealer;
import dev.inkan.server.registration.certificate.CertificateRevocation;
import dev.inkan.server.registration.certificate.Supersession;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What people hear of a revocation, and what a log-in with the newer certificate revokes. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class CertificateRevocationTest {

  private static final SubscriberId HANAKO = new SubscriberId("hanako");
  private static final Validity VALIDITY = Validity.lasting(Duration.ofDays(366), Bed.NOW);
  private static final Instant NOW = Bed.NOW.plus(Duration.ofDays(340));
  private static final Actor CLERK = new Actor(Actor.Kind.OPERATOR, "clerk-1");
  private static final Revocation LOST =
      Revocation.because(RevocationReason.KEY_COMPROMISE).since(NOW.minusSeconds(3600));

  private final Bed bed;
  private final RecordingJournal journal = new RecordingJournal();
  private final ConcurrentLinkedQueue<Notice> told = new ConcurrentLinkedQueue<>();
  private boolean textMissing;

  CertificateRevocationTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
  }

  @BeforeEach
  void addPeople() {
    bed.addTaro();
    bed.run(
        stores -> {
          stores.users().add(Bed.user(HANAKO, "hanako1", UserRole.GENERAL, Bed.BANK));
          Organisation other = new Organisation("0002", "別会社");
          stores.users().add(Bed.user(new SubscriberId("jiro"), "jiro001", UserRole.MASTER, other));
        });
    bed.clock.advance(Duration.between(Bed.NOW, NOW));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  @Tag("D6")
  @DisplayName("D6: the holder and the organisation's master are told, each by their own user ID")
  void holderAndMaster() {
    issue(1, HANAKO, Bed.NOW);

    assertThat(desk().revoke(Bed.serial(1), LOST, CLERK)).isEqualTo(RevocationOutcome.REVOKED);

    assertThat(told).containsExactly(revoked("hanako1", "hanako1"), revoked("taro01", "hanako1"));
    assertThat(recipients()).isEqualTo(2);
  }

  @Test
  @Tag("D6")
  @DisplayName("D6: a master who is the holder is told once")
  void masterOnce() {
    issue(1, Bed.TARO, Bed.NOW);

    desk().revoke(Bed.serial(1), LOST, CLERK);

    assertThat(told).containsExactly(revoked("taro01", "taro01"));
  }

  @Test
  @Tag("D6")
  @DisplayName("D6: of a removed user's certificate the master is told")
  void removedHolder() {
    issue(1, HANAKO, Bed.NOW);
    assertThat(bed.did(stores -> stores.users().remove(HANAKO, NOW))).isTrue();

    desk().revoke(Bed.serial(1), LOST, CLERK);

    assertThat(told).containsExactly(revoked("taro01", "hanako1"));
  }

  @Test
  @Tag("D6")
  @DisplayName("D6: a second revocation, or one of a server's certificate, tells nobody")
  void toldOnce() {
    issue(1, HANAKO, Bed.NOW);
    desk().revoke(Bed.serial(1), LOST, CLERK);
    told.clear();

    assertThat(desk().revoke(Bed.serial(1), LOST, CLERK))
        .isEqualTo(RevocationOutcome.ALREADY_REVOKED);
    bed.run(
        stores ->
            stores
                .certificates()
                .restore(
                    new CertificateRecord(
                        Bed.serial(9),
                        CertificateKind.OPERATOR,
                        CaName.ISSUING,
                        new SubscriberId("operator"),
                        VALIDITY,
                        LedgerState.ISSUED,
                        Bed.NOW,
                        Bed.NODE,
                        Optional.empty()),
                    der(9)));
    assertThat(desk().revoke(Bed.serial(9), LOST, CLERK)).isEqualTo(RevocationOutcome.REVOKED);

    assertThat(told).isEmpty();
  }

  @Test
  @Tag("D6")
  @DisplayName("D6: no mail, no revocation: they are one transaction")
  void oneTransaction() {
    issue(1, HANAKO, Bed.NOW);
    textMissing = true;

    assertThatThrownBy(() -> desk().revoke(Bed.serial(1), LOST, CLERK)).hasMessage("no mail text");
    assertThat(bed.count("SELECT COUNT(*) FROM certificate WHERE revoked_at IS NOT NULL")).isZero();

    textMissing = false;
    assertThat(desk().revoke(Bed.serial(1), LOST, CLERK)).isEqualTo(RevocationOutcome.REVOKED);
    assertThat(recipients()).isEqualTo(2);
  }

  @Test
  @Tag("D1")
  @Tag("D6")
  @DisplayName(
      "D6: the holder and the master are told of a hold and of its end, in words of their own")
  void heldAndReleased() {
    issue(1, HANAKO, Bed.NOW);

    assertThat(desk().hold(Bed.serial(1), Optional.empty(), CLERK))
        .isEqualTo(RevocationOutcome.HELD);
    UserId hanako = new UserId("hanako1");
    UserId taro = new UserId("taro01");
    assertThat(told)
        .containsExactly(
            new Notice.Held(hanako, hanako, VALIDITY, NOW),
            new Notice.Held(taro, hanako, VALIDITY, NOW));
    assertThat(mayIssue()).isInstanceOf(IssuanceDecision.TooEarly.class);
    told.clear();

    bed.clock.advance(Duration.ofMinutes(1));
    assertThat(desk().release(Bed.serial(1), CLERK)).isEqualTo(RevocationOutcome.RELEASED);
    assertThat(told)
        .containsExactly(
            new Notice.Released(hanako, hanako, VALIDITY),
            new Notice.Released(taro, hanako, VALIDITY));
    assertThat(reasons()).isEmpty();
    assertThat(mayIssue()).isInstanceOf(IssuanceDecision.TooEarly.class);
    assertThat(bed.count("SELECT COUNT(*) FROM certificate WHERE current_for = 'hanako'"))
        .isEqualTo(1);
    told.clear();

    desk().hold(Bed.serial(1), Optional.empty(), CLERK);
    assertThat(desk().revoke(Bed.serial(1), LOST, CLERK)).isEqualTo(RevocationOutcome.REVOKED);
    assertThat(reasons()).containsExactly("1:KEY_COMPROMISE");
    assertThat(mayIssue()).isInstanceOf(IssuanceDecision.Granted.class);
    assertThat(told).hasSize(4);
  }

  private IssuanceDecision mayIssue() {
    return IssuancePolicy.bank(ZoneId.of("Asia/Tokyo"))
        .decide(
            bed.list(stores -> stores.certificates().findBySubscriber(HANAKO)),
            Bed.NOW.plus(Duration.ofDays(1)));
  }

  @Test
  @Tag("A7")
  @DisplayName("A7: the newer certificate's log-in revokes the older ones, and none of others")
  void supersedes() {
    issue(1, HANAKO, Bed.NOW);
    issue(2, HANAKO, NOW.minusSeconds(60));
    issue(3, Bed.TARO, Bed.NOW);

    supersession().loggedIn(hanako(), entry(2, HANAKO, NOW.minusSeconds(60)));

    assertThat(reasons()).containsExactly("1:SUPERSEDED");
    assertThat(journal.revoked()).containsOnlyKeys(Bed.serial(1));
    assertThat(told)
        .extracting(notice -> notice.userId().value())
        .containsExactly("hanako1", "taro01");
    supersession().loggedIn(hanako(), entry(2, HANAKO, NOW.minusSeconds(60)));
    assertThat(told).hasSize(2);
  }

  @Test
  @Tag("A7")
  @DisplayName("A7: the older certificate's log-in revokes nothing")
  void olderRevokesNothing() {
    issue(1, HANAKO, Bed.NOW);
    issue(2, HANAKO, NOW.minusSeconds(60));

    supersession().loggedIn(hanako(), entry(1, HANAKO, Bed.NOW));

    assertThat(reasons()).isEmpty();
  }

  @Test
  @Tag("A7")
  @DisplayName(
      "A7: a journal that cannot be written does not stop the log-in; the next one revokes")
  void triedAgain() {
    issue(1, HANAKO, Bed.NOW);
    issue(2, HANAKO, NOW.minusSeconds(60));
    journal.breakAt(RecordingJournal.Entry.REVOKED);

    supersession().loggedIn(hanako(), entry(2, HANAKO, NOW.minusSeconds(60)));
    assertThat(reasons()).isEmpty();
    assertThat(told).isEmpty();

    journal.mend();
    supersession().loggedIn(hanako(), entry(2, HANAKO, NOW.minusSeconds(60)));
    assertThat(reasons()).containsExactly("1:SUPERSEDED");
  }

  private CertificateRevocation desk() {
    return new CertificateRevocation(
        new RevocationAuthority<>(new Ledger<>(transactions(), journal), bed.clock));
  }

  private Supersession supersession() {
    return new Supersession(transactions(), desk(), bed.clock);
  }

  private JdbiTransactions transactions() {
    MailSealer noting =
        (number, language, notice) -> {
          if (textMissing) {
            throw new IllegalStateException("no mail text");
          }
          told.add(notice);
          return Bed.SEALER.compose(number, language, notice);
        };
    return new JdbiTransactions(bed.database, noting, bed.clock);
  }

  private void issue(long serial, SubscriberId holder, Instant at) {
    bed.run(
        stores -> {
          stores.certificates().prepare(entry(serial, holder, at));
          stores.certificates().markIssued(Bed.serial(serial), der(serial));
        });
  }

  private static CertificateRecord entry(long serial, SubscriberId holder, Instant at) {
    return Bed.prepared(serial, holder, at);
  }

  private static Der der(long serial) {
    return Der.copyOf(("certificate " + serial).getBytes(StandardCharsets.US_ASCII));
  }

  private static User hanako() {
    return Bed.user(HANAKO, "hanako1", UserRole.GENERAL, Bed.BANK);
  }

  private static Notice revoked(String reader, String holder) {
    return new Notice.Revoked(new UserId(reader), new UserId(holder), VALIDITY, LOST.reason(), NOW);
  }

  private long recipients() {
    return bed.count(
        "SELECT COUNT(DISTINCT subscriber_id) FROM mail_outbox WHERE kind = 'revoked'");
  }

  private List<String> reasons() {
    return bed
        .list(
            stores ->
                List.of(Bed.serial(1), Bed.serial(2), Bed.serial(3)).stream()
                    .flatMap(serial -> stores.certificates().find(serial).stream())
                    .toList())
        .stream()
        .filter(entry -> entry.revocation().isPresent())
        .map(
            entry ->
                entry.serialNumber().value().longValue()
                    + ":"
                    + entry.revocation().orElseThrow().reason())
        .toList();
  }
}
