package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.api.Mail;
import dev.inkan.core.api.MailState;
import dev.inkan.server.mail.QueuedMail;
import dev.inkan.server.operation.MailAdvice;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.operation.Paging;
import dev.inkan.server.registration.mail.MailEntry;
import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.mail.RefusedMail;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
@Tag("D6")
final class MailRegisterTest {

  private static final UserId USER_ID = new UserId("taro01");
  private static final MailAddress TO = new MailAddress("taro@example.jp");
  private static final Notice NOTICE = new Notice.Unlocked(USER_ID);

  private final Bed bed;
  private final JdbiMailQueue queue;

  MailRegisterTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    this.queue = new JdbiMailQueue(bed.database);
  }

  @BeforeEach
  void addTaro() {
    bed.addTaro();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  @DisplayName("D6: staff see every mail and what became of it; a master user sees a user's last")
  void listsTheNewestFirst() {
    MailNumber refused = add();
    queue.refused(refused, Bed.NOW.plusSeconds(1), "550 5.1.1 no such user");
    MailNumber sent = add();
    queue.sent(sent, Bed.NOW.plusSeconds(2));
    bed.run(stores -> stores.outbox().add(OutgoingMail.toStranger(TO, NOTICE)));
    MailNumber strangers = claim();

    assertThat(book(Optional.empty(), Optional.empty())).containsExactly(strangers, sent, refused);
    assertThat(book(Optional.of(MailState.REFUSED), Optional.empty())).containsExactly(refused);
    assertThat(book(Optional.empty(), Optional.of("taro01"))).containsExactly(sent, refused);
    assertThat(book(Optional.of(MailState.SENT), Optional.of("taro01"))).containsExactly(sent);
    assertThat(book(Optional.empty(), Optional.of("nobody1"))).isEmpty();
    assertThat(mail(999)).isEmpty();
    assertThat(mail(refused.value()).orElseThrow())
        .isEqualTo(
            new Mail(
                refused.value(),
                MailState.REFUSED,
                "unlocked",
                Optional.of("taro01"),
                "taro@example.jp",
                1,
                Bed.NOW,
                Optional.empty(),
                Optional.of(Bed.NOW.plusSeconds(1)),
                Optional.of("550 5.1.1 no such user"),
                Optional.of(MailAdvice.of("unlocked"))));
    assertThat(bed.list(stores -> stores.mails().list(USER_ID, 2)))
        .extracting(MailEntry::number)
        .containsExactly(sent, refused);
    assertThat(bed.list(stores -> stores.mails().list(USER_ID, 1)))
        .extracting(MailEntry::number)
        .containsExactly(sent);
  }

  @Test
  @DisplayName("The last mail to the user's address tells whether it works")
  void lastRefused() {
    assertThat(last()).as("no mail yet").isEmpty();
    MailNumber refused = add();
    assertThat(last()).as("still waits").isEmpty();
    queue.refused(refused, Bed.NOW, "550 no");
    assertThat(last()).contains(new RefusedMail(refused, "unlocked", TO, Bed.NOW, "550 no"));
    MailNumber waiting = add();
    assertThat(last()).as("a mail that waits says nothing").isPresent();
    queue.sent(waiting, Bed.NOW);
    assertThat(last()).as("a later one went").isEmpty();
    queue.refused(add(), Bed.NOW, "550 again");
    assertThat(last()).isPresent();

    bed.count("UPDATE app_user SET mail = 'taro.new@example.jp'", "SELECT COUNT(*) FROM app_user");

    assertThat(last()).as("the address was changed since").isEmpty();
  }

  @Test
  void hastensWhatWaitsAndNothingElse() {
    MailNumber number = add();
    Instant later = Bed.NOW.plus(Duration.ofHours(1));
    assertThat(hasten(number, Bed.NOW)).as("being handed over").isFalse();
    queue.retry(number, later, "451 later");
    assertThat(queue.claim(Bed.NODE, Bed.NOW, Duration.ofMinutes(5), 10)).isEmpty();

    assertThat(hasten(number, Bed.NOW)).isTrue();

    assertThat(claim()).isEqualTo(number);
    queue.sent(number, Bed.NOW);
    assertThat(hasten(number, Bed.NOW)).isFalse();
    assertThat(hasten(new MailNumber(999), Bed.NOW)).isFalse();
  }

  /** A mail to the user that a server is handing over. */
  private MailNumber add() {
    bed.run(
        stores -> {
          User taro = stores.users().find(Bed.TARO).orElseThrow();
          stores.outbox().add(OutgoingMail.to(taro, NOTICE));
        });
    return claim();
  }

  private MailNumber claim() {
    List<QueuedMail> claimed = queue.claim(Bed.NODE, Bed.NOW, Duration.ofMinutes(5), 10);
    assertThat(claimed).hasSize(1);
    return claimed.get(0).number();
  }

  private Optional<RefusedMail> last() {
    return bed.find(stores -> stores.mails().lastRefused(Bed.TARO));
  }

  private boolean hasten(MailNumber number, Instant now) {
    return bed.did(stores -> stores.mails().hasten(number, now));
  }

  private Optional<Mail> mail(long number) {
    return bed.transactions
        .operation()
        .inTransaction((OperationStores stores) -> stores.mailBook().find(number));
  }

  private List<MailNumber> book(Optional<MailState> state, Optional<String> user) {
    return bed
        .transactions
        .operation()
        .inTransaction(
            (OperationStores stores) -> stores.mailBook().list(state, user, Paging.first(10)))
        .items()
        .stream()
        .map(it -> new MailNumber(it.number()))
        .toList();
  }
}
