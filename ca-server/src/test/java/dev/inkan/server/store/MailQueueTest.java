package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.mail.QueuedMail;
import dev.inkan.server.registration.MailAddress;
import dev.inkan.server.registration.MailNumber;
import dev.inkan.server.registration.Notice;
import dev.inkan.server.registration.UserId;
import dev.inkan.server.registration.UserRole;
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
  private static final Notice NOTICE = new Notice.Blocked(new UserId("taro01"), UserRole.MASTER);
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
    assertThat(mail.sealed()).isEqualTo(Bed.SEALER.compose(mail.number(), NOTICE));
  }

  @Test
  void aMailOfATransactionThatFailedIsNotSent() {
    assertThatThrownBy(
            () ->
                bed.run(
                    stores -> {
                      stores.outbox().add(Bed.TARO, TO, NOTICE, Optional.empty());
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
          Race.of(senders).stream().flatMap(List::stream).map(QueuedMail::number).toList();

      assertThat(taken).doesNotHaveDuplicates().isNotEmpty();
    }
  }

  private void add(Optional<Instant> deadline) {
    bed.run(stores -> stores.outbox().add(Bed.TARO, TO, NOTICE, deadline));
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
