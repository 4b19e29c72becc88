package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.server.mail.QueuedMail;
import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserRole;
import java.nio.file.Path;
import java.time.Duration;
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
final class MailQueueTest {

  private final Bed bed;

  MailQueueTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private static final MailAddress TO = new MailAddress("taro@example.jp");
  private static final Notice NOTICE =
      new Notice.Blocked(
          new UserId("taro01"), UserRole.MASTER, Notice.Cause.PASSWORDS, 3, "192.0.2.1");
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final NodeName OTHER = new NodeName("node-2");

  @BeforeEach
  void addTaro() {
    bed.addTaro();
  }

  @Test
  void aMailIsQueuedSealedUnderItsOwnNumber() {
    add(Optional.empty());

    QueuedMail mail = claimOne(Bed.NOW);

    assertThat(mail.kind()).isEqualTo("blocked");
    assertThat(mail.to()).isEqualTo(TO);
    assertThat(mail.attempts()).isZero();
    assertThat(mail.createdAt()).isEqualTo(Bed.NOW);
    assertThat(mail.sealed())
        .isEqualTo(Bed.SEALER.compose(mail.number(), Language.JAPANESE, NOTICE));
  }

  @Test
  void aMailOfATransactionThatFailedIsNotSent() {
    assertThatThrownBy(
            () ->
                bed.run(
                    stores -> {
                      stores
                          .outbox()
                          .add(
                              new OutgoingMail(
                                  Optional.of(Bed.TARO),
                                  TO,
                                  Language.JAPANESE,
                                  NOTICE,
                                  Optional.empty(),
                                  Optional.empty()));
                      throw new IllegalStateException("the act failed");
                    }))
        .hasMessage("the act failed");

    assertThat(claim(Bed.NODE, Bed.NOW)).isEmpty();
  }

  @Test
  void aLeaseKeepsOthersAwayUntilItEnds() {
    add(Optional.empty());
    MailNumber number = claimOne(Bed.NOW).number();

    assertThat(claim(OTHER, Bed.NOW.plus(LEASE).minusMillis(1))).isEmpty();
    List<QueuedMail> taken = claim(OTHER, Bed.NOW.plus(LEASE));

    assertThat(taken).extracting(QueuedMail::number).containsExactly(number);
    assertThat(taken).extracting(QueuedMail::attempts).containsExactly(1);
  }

  @Test
  @Tag("S5")
  void aSentMailLosesItsBody() {
    add(Optional.empty());
    queue().sent(claimOne(Bed.NOW).number(), Bed.NOW);

    assertGone("SENT");
  }

  @Test
  @Tag("S5")
  void aRefusedMailLosesItsBodyAndKeepsTheReason() {
    add(Optional.empty());
    queue().refused(claimOne(Bed.NOW).number(), Bed.NOW, "550 no such user " + "x".repeat(600));

    assertGone("REFUSED");
    assertThat(bed.count("SELECT COUNT(*) FROM mail_outbox WHERE reason LIKE '550 no such%'"))
        .isEqualTo(1);
  }

  @Test
  @Tag("S5")
  void aMailPastItsDeadlineIsDroppedWithItsBody() {
    add(Optional.of(Bed.NOW.plusSeconds(10)));

    assertThat(claim(Bed.NODE, Bed.NOW.plusSeconds(10))).isEmpty();

    assertGone("DROPPED");
  }

  @Test
  void aRetryComesWhenItIsDueAndCountsAttempts() {
    add(Optional.empty());
    Instant next = Bed.NOW.plusSeconds(30);
    queue().retry(claimOne(Bed.NOW).number(), next, "421 try later");

    assertThat(claim(Bed.NODE, next.minusMillis(1))).isEmpty();
    assertThat(claimOne(next).attempts()).isEqualTo(1);
  }

  @Test
  void noMoreThanAskedForAndTheOldestFirst() {
    add(Optional.empty());
    add(Optional.empty());
    add(Optional.empty());

    List<QueuedMail> first = queue().claim(Bed.NODE, Bed.NOW, LEASE, 2);

    assertThat(first).hasSize(2);
    assertThat(claimOne(Bed.NOW).number().value()).isGreaterThan(first.get(1).number().value());
  }

  @Test
  @DisplayName("Of many senders on two servers each mail goes to one")
  void noMailIsTakenTwice() throws Exception {
    for (int i = 0; i < 40; i++) {
      add(Optional.empty());
    }
    List<Callable<List<QueuedMail>>> senders = new ArrayList<>();
    try (Bed secondServer = new Bed(bed.settings)) {
      for (int i = 0; i < 8; i++) {
        senders.add(() -> queue().claim(Bed.NODE, Bed.NOW, LEASE, 10));
        senders.add(
            () -> new JdbiMailQueue(secondServer.database).claim(OTHER, Bed.NOW, LEASE, 10));
      }

      List<MailNumber> taken =
          new ArrayList<>(
              Race.of(senders).stream().flatMap(List::stream).map(QueuedMail::number).toList());
      // H2 may give one all and the others nothing; nothing stays behind.
      queue().claim(OTHER, Bed.NOW, LEASE, 40).forEach(mail -> taken.add(mail.number()));

      assertThat(taken).doesNotHaveDuplicates().hasSize(40);
    }
  }

  @Test
  @DisplayName("Where all of a look are pointless, those behind them are taken all the same")
  void pointlessMailsHoldNobodyUp() {
    for (int i = 0; i < 7; i++) {
      add(Optional.of(Bed.NOW));
    }
    add(Optional.empty());

    assertThat(queue().claim(Bed.NODE, Bed.NOW, LEASE, 3)).hasSize(1);
    assertThat(dropped("could not be handed over in time")).isEqualTo(7);
  }

  @Test
  @Tag("A4")
  @DisplayName("A4: a mail about an end that a renewal or a revocation overtook is dropped")
  void whatBecamePointlessIsDropped() {
    issue(1, Bed.TARO, Bed.NOW);
    add("expiring", Bed.TARO, 1);
    add("issued", Bed.TARO, 1);
    add("expired", Bed.TARO, 1);
    assertThat(claim(Bed.NODE, Bed.NOW)).as("while it is the newest").hasSize(3);
    release();

    issue(2, Bed.TARO, Bed.NOW.plusSeconds(1));
    add("expiring", Bed.TARO, 2);
    assertThat(kinds()).containsExactlyInAnyOrder("issued", "expiring");
    assertThat(dropped("the certificate was renewed")).isEqualTo(2);
    release();

    revoke(2);
    assertThat(kinds()).containsExactly("issued");
    assertThat(dropped("the certificate was revoked")).isEqualTo(1);
  }

  @Test
  @Tag("A4")
  @DisplayName("A4: a renewal that was revoked leaves the holder with the end of the old one")
  void aRevokedRenewalIsNone() {
    issue(1, Bed.TARO, Bed.NOW);
    issue(2, Bed.TARO, Bed.NOW.plusSeconds(1));
    revoke(2);
    add("expiring", Bed.TARO, 1);

    assertThat(kinds()).containsExactly("expiring");
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: after a removal only the mail that tells it goes out")
  void mailsToARemovedUserAreDropped() {
    issue(1, Bed.TARO, Bed.NOW);
    add("issued", Bed.TARO, 1);
    add("removed", Bed.TARO, 1);
    bed.count(
        "UPDATE app_user SET removed_at = CURRENT_TIMESTAMP",
        "SELECT COUNT(*) FROM app_user WHERE removed_at IS NOT NULL");

    assertThat(kinds()).containsExactly("removed");
    assertThat(dropped("the user was removed")).isEqualTo(1);
  }

  @Test
  void aMailToNobodysAddressYetIsSent() {
    bed.run(stores -> stores.outbox().add(OutgoingMail.toStranger(TO, NOTICE)));

    assertThat(claimOne(Bed.NOW).to()).isEqualTo(TO);
  }

  @Test
  @DisplayName(
      "The clock steps back an hour: what was queued goes at once, the rest once it is due")
  void clockBack() {
    Instant back = Bed.NOW.minus(Duration.ofHours(1));
    add(Optional.empty());
    MailNumber number = claimOne(back).number();

    assertThat(claim(OTHER, back)).as("leased").isEmpty();
    assertThat(claimOne(back.plus(LEASE)).number()).isEqualTo(number);
    queue().retry(number, Bed.NOW.plusSeconds(30), "451");
    assertThat(claim(OTHER, back.plus(LEASE))).as("put off").isEmpty();
    assertThat(claimOne(Bed.NOW.plusSeconds(30)).number()).isEqualTo(number);
  }

  @Test
  @DisplayName("A clock that was years ahead leaves no mail behind for years")
  void clockWasYearsAhead() {
    Instant ahead = Bed.NOW.plus(Duration.ofDays(3650));
    add(Optional.empty());
    add(Optional.empty());
    List<QueuedMail> claimed = claim(OTHER, ahead);
    queue().retry(claimed.get(0).number(), ahead.plusSeconds(30), "451");

    assertThat(claim(Bed.NODE, Bed.NOW)).hasSize(2);
  }

  @Test
  @DisplayName("A server that starts again takes up at once what it held when it died, and no more")
  void aRestartTakesUpItsOwn() {
    add(Optional.empty());
    add(Optional.empty());
    assertThat(queue().claim(Bed.NODE, Bed.NOW, LEASE, 1)).hasSize(1);
    assertThat(queue().claim(OTHER, Bed.NOW, LEASE, 1)).hasSize(1);

    assertThat(queue().release(Bed.NODE)).isEqualTo(1);
    assertThat(claimOne(Bed.NOW).attempts()).isEqualTo(1);
  }

  private void release() {
    assertThat(queue().release(Bed.NODE)).isPositive();
  }

  private List<String> kinds() {
    return claim(Bed.NODE, Bed.NOW).stream().map(QueuedMail::kind).toList();
  }

  private long dropped(String reason) {
    return bed.count(
        "SELECT COUNT(*) FROM mail_outbox WHERE state = 'DROPPED' AND sealed IS NULL AND reason = '"
            + reason
            + "'");
  }

  private void issue(long serial, SubscriberId holder, Instant at) {
    bed.run(
        stores -> {
          stores.certificates().prepare(Bed.prepared(serial, holder, at));
          Der der = Der.copyOf(new byte[] {48, 1, (byte) serial});
          assertThat(stores.certificates().markIssued(Bed.serial(serial), der)).isTrue();
        });
  }

  private void revoke(long serial) {
    CertificateStatus.Revoked revoked =
        new CertificateStatus.Revoked(Bed.NOW.plusSeconds(2), RevocationReason.KEY_COMPROMISE);
    assertThat(bed.did(stores -> stores.certificates().revoke(Bed.serial(serial), revoked)))
        .isTrue();
  }

  private void add(String kind, SubscriberId user, long about) {
    UserId reader = new UserId("taro01");
    Validity validity = Bed.prepared(about, user, Bed.NOW).validity();
    Notice notice =
        switch (kind) {
          case "expiring" -> new Notice.Expiring(reader, validity, 30);
          case "expired" -> new Notice.Expired(reader, validity);
          case "removed" -> new Notice.Removed(reader);
          default -> new Notice.Issued(reader, reader, validity);
        };
    bed.run(
        stores ->
            stores
                .outbox()
                .add(
                    OutgoingMail.to(stores.users().find(user).orElseThrow(), notice)
                        .about(Bed.serial(about))));
  }

  private void add(Optional<Instant> deadline) {
    OutgoingMail mail =
        new OutgoingMail(
            Optional.of(Bed.TARO), TO, Language.JAPANESE, NOTICE, deadline, Optional.empty());
    bed.run(stores -> stores.outbox().add(mail));
  }

  private JdbiMailQueue queue() {
    return new JdbiMailQueue(bed.database);
  }

  private List<QueuedMail> claim(NodeName node, Instant now) {
    return queue().claim(node, now, LEASE, 10);
  }

  private QueuedMail claimOne(Instant now) {
    List<QueuedMail> mails = claim(Bed.NODE, now);
    assertThat(mails).hasSize(1);
    return mails.get(0);
  }

  private void assertGone(String state) {
    assertThat(
            bed.count(
                "SELECT COUNT(*) FROM mail_outbox WHERE sealed IS NULL AND ended_at IS NOT NULL"
                    + " AND state = '"
                    + state
                    + "'"))
        .isEqualTo(1);
    assertThat(claim(Bed.NODE, Bed.NOW.plus(Duration.ofDays(1)))).isEmpty();
  }
}
