package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.administration.ListedUser;
import dev.inkan.server.registration.administration.UserPage;
import dev.inkan.server.registration.administration.UserQuery;
import dev.inkan.server.registration.administration.UserQuery.Sort;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.OutgoingMail;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
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
final class DirectoryStoreTest {

  private static final Organisation OTHER = new Organisation("0002", "別会社");
  private static final PasswordHash HASH = new PasswordHash("$argon2id$v=19$m=8,t=1,p=1$bmV3$bmV3");

  private final Bed bed;

  DirectoryStoreTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @BeforeEach
  void addMaster() {
    bed.addTaro();
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: the list holds the general users of the organisation that are not removed")
  void whose() {
    add("hanako1", "山田 花子", Bed.BANK);
    add("jiro001", "山田 次郎", Bed.BANK);
    add("saburo1", "山田 三郎", OTHER);
    bed.run(stores -> stores.users().remove(new SubscriberId("jiro001"), Bed.NOW));

    UserPage page = list(UserQuery.ALL);

    assertThat(ids(page)).containsExactly("hanako1");
    assertThat(page.users().get(0).user()).isEqualTo(find("hanako1"));
    assertThat(page.total()).isEqualTo(1);
    assertThat(page.first()).isEqualTo(1);
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: an organisation without users has an empty page, whatever is asked for")
  void nobody() {
    assertThat(list(UserQuery.ALL)).isEqualTo(UserPage.empty());
    assertThat(list(new UserQuery("", Sort.STATE, true, 7))).isEqualTo(UserPage.empty());
    assertThat(UserPage.empty().number()).isEqualTo(1);
    assertThat(UserPage.empty().pages()).isEqualTo(1);
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: search finds parts of user ID, name and address, and knows no wildcards")
  void search() {
    add("hanako1", "山田　花子", Bed.BANK);
    add("Jiro001", "佐藤 次郎", Bed.BANK);
    add("percent1", "100%_! 太郎", Bed.BANK);

    assertThat(found("山田")).containsExactly("hanako1");
    assertThat(found("山田 花子")).containsExactly("hanako1");
    assertThat(found("花子　")).containsExactly("hanako1");
    assertThat(found("JIRO")).containsExactly("Jiro001");
    assertThat(found("ｊｉｒｏ")).containsExactly("Jiro001");
    assertThat(found("@example.jp")).containsExactly("hanako1", "Jiro001", "percent1");
    assertThat(found("%")).containsExactly("percent1");
    assertThat(found("_")).containsExactly("percent1");
    assertThat(found("!")).containsExactly("percent1");
    assertThat(found("0%_!")).containsExactly("percent1");
    assertThat(found("' OR 1=1 --")).isEmpty();
    assertThat(found("\u0000\ud800")).hasSize(3);
    assertThat(found("\u0000山\u0000")).containsExactly("hanako1");
    assertThat(found("𠮷")).isEmpty();
    assertThat(found("あ".repeat(100_000))).isEmpty();
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: every sort goes both ways, and users without a certificate come last")
  void sorts() {
    add("aaaa01", "ゑ", Bed.BANK);
    add("Bbbb02", "い", Bed.BANK);
    add("cccc03", "ろ", Bed.BANK);
    add("dddd04", "は", Bed.BANK);
    lock("Bbbb02", Bed.NOW.plusSeconds(1), false);
    lock("cccc03", Bed.NOW, true);
    setPassword("dddd04", Bed.NOW);
    issue(1, "cccc03", Bed.NOW.minus(Duration.ofDays(3)));
    issue(2, "aaaa01", Bed.NOW);

    assertThat(sorted(Sort.USER_ID, false)).containsExactly("aaaa01", "Bbbb02", "cccc03", "dddd04");
    assertThat(sorted(Sort.USER_ID, true)).containsExactly("dddd04", "cccc03", "Bbbb02", "aaaa01");
    assertThat(sorted(Sort.NAME, false)).containsExactly("Bbbb02", "dddd04", "cccc03", "aaaa01");
    assertThat(sorted(Sort.NAME, true)).containsExactly("aaaa01", "cccc03", "dddd04", "Bbbb02");
    assertThat(sorted(Sort.STATE, false)).containsExactly("cccc03", "Bbbb02", "dddd04", "aaaa01");
    assertThat(sorted(Sort.STATE, true)).containsExactly("aaaa01", "dddd04", "Bbbb02", "cccc03");
    assertThat(sorted(Sort.CERTIFICATE_END, false))
        .containsExactly("cccc03", "aaaa01", "Bbbb02", "dddd04");
    assertThat(sorted(Sort.CERTIFICATE_END, true))
        .containsExactly("aaaa01", "cccc03", "Bbbb02", "dddd04");
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: the newest certificate that was issued is shown, revoked or not")
  void newest() {
    add("hanako1", "山田 花子", Bed.BANK);
    assertThat(list(UserQuery.ALL).users().get(0).newest()).isEmpty();

    issue(1, "hanako1", Bed.NOW);
    issue(2, "hanako1", Bed.NOW.plusSeconds(1));
    bed.run(
        stores ->
            stores
                .certificates()
                .revoke(
                    Bed.serial(2),
                    new CertificateStatus.Revoked(Bed.NOW, RevocationReason.KEY_COMPROMISE)));
    SubscriberId hanako = new SubscriberId("hanako1");
    bed.run(
        stores -> stores.certificates().prepare(Bed.prepared(3, hanako, Bed.NOW.plusSeconds(2))));

    ListedUser listed = list(UserQuery.ALL).users().get(0);

    assertThat(listed.newest().map(CertificateRecord::serialNumber)).contains(Bed.serial(2));
    assertThat(listed.newest())
        .isEqualTo(bed.find(stores -> stores.certificates().find(Bed.serial(2))));
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: the last mail that left tells whether the address can be reached")
  void mails() {
    add("hanako1", "山田 花子", Bed.BANK);
    assertThat(lastMailRefused()).isFalse();

    mail(new Notice.Unlocked(new UserId("hanako1")));
    mail(new Notice.PasswordChanged(new UserId("hanako1")));
    assertThat(lastMailRefused()).as("nothing has left yet").isFalse();
    end(1, "REFUSED");
    assertThat(lastMailRefused()).isTrue();
    end(2, "SENT");
    assertThat(lastMailRefused()).isFalse();
    SubscriberId hanako = new SubscriberId("hanako1");
    bed.run(stores -> stores.users().changeMail(hanako, new MailAddress("new@example.jp")));
    end(1, "SENT");
    end(2, "REFUSED");
    assertThat(lastMailRefused()).as("the address has changed since").isFalse();
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: 1,000 users with certificates are 20 pages, each one statement and quick")
  void thousand() {
    bed.run(
        stores ->
            IntStream.range(0, 1_000)
                .forEach(
                    i -> {
                      String userId = String.format("user%04d", i);
                      stores.users().add(user(userId, "山田 花子", Bed.BANK));
                      issue(stores, i, userId, Bed.NOW.minus(Duration.ofMinutes(i)));
                    }));
    List<String> statements = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (int page = 1; page <= 20; page++) {
      UserPage found = logged(statements, new UserQuery("", Sort.CERTIFICATE_END, true, page));
      assertThat(found.total()).isEqualTo(1_000);
      assertThat(found.first()).isEqualTo((page - 1) * 50 + 1);
      assertThat(found.number()).isEqualTo(page);
      assertThat(found.pages()).isEqualTo(20);
      all.addAll(ids(found));
    }

    assertThat(statements).hasSize(20);
    assertThat(all).hasSize(1_000).isSorted().doesNotHaveDuplicates();
    assertThat(ids(list(new UserQuery("", Sort.USER_ID, false, 1_000_000_000))))
        .isEqualTo(all.subList(950, 1_000));
    assertThat(ids(list(new UserQuery("user0999", Sort.NAME, false, -1)))).hasSize(1);
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      list(new UserQuery("山田", Sort.STATE, true, 20));
    }
    Duration each = Duration.ofNanos((System.nanoTime() - start) / 20);
    System.getLogger("directory").log(System.Logger.Level.INFO, "a page of 1,000: " + each);
    assertThat(each).isLessThan(Duration.ofMillis(500));
  }

  private UserPage logged(List<String> statements, UserQuery query) {
    return bed.database.inTransaction(
        handle -> {
          handle
              .getConfig(org.jdbi.v3.core.statement.SqlStatements.class)
              .setSqlLogger(
                  new SqlLogger() {
                    @Override
                    public void logAfterExecution(StatementContext context) {
                      statements.add(String.valueOf(context.getRenderedSql()));
                    }
                  });
          return new JdbiDirectoryStore(handle).list(Bed.BANK.number(), query, Bed.NOW);
        });
  }

  private boolean lastMailRefused() {
    return list(UserQuery.ALL).users().get(0).lastMailRefused();
  }

  private void mail(Notice notice) {
    User user = find("hanako1");
    bed.run(stores -> stores.outbox().add(OutgoingMail.to(user, notice)));
  }

  private void end(int number, String state) {
    assertThat(
            bed.count(
                "UPDATE mail_outbox SET state = '"
                    + state
                    + "', sealed = NULL, ended_at = CURRENT_TIMESTAMP WHERE number = "
                    + number,
                "SELECT COUNT(*) FROM mail_outbox WHERE state = '"
                    + state
                    + "' AND number = "
                    + number))
        .isEqualTo(1);
  }

  private void lock(String userId, Instant until, boolean blocked) {
    String sql =
        String.format(
            "UPDATE app_user SET locked_until = '%s', blocked = %s WHERE user_id = '%s'",
            until.toString().replace("Z", "+00:00"), blocked, userId);
    assertThat(bed.count(sql, "SELECT COUNT(*) FROM app_user")).isPositive();
  }

  private void setPassword(String userId, Instant until) {
    bed.run(
        stores ->
            stores
                .users()
                .setPassword(new SubscriberId(userId), UserPassword.initial(HASH, until)));
  }

  private void issue(long serial, String userId, Instant at) {
    bed.run(stores -> issue(stores, serial, userId, at));
  }

  private static void issue(
      dev.inkan.server.registration.RegistrationStores stores,
      long serial,
      String userId,
      Instant at) {
    stores.certificates().prepare(Bed.prepared(serial, new SubscriberId(userId), at));
    byte[] octets = ("certificate " + serial).getBytes(StandardCharsets.US_ASCII);
    stores.certificates().markIssued(Bed.serial(serial), Der.copyOf(octets));
  }

  private User find(String userId) {
    return bed.find(stores -> stores.users().find(new UserId(userId))).orElseThrow();
  }

  private void add(String userId, String name, Organisation organisation) {
    bed.run(stores -> stores.users().add(user(userId, name, organisation)));
  }

  private static User user(String userId, String name, Organisation organisation) {
    User user = Bed.user(new SubscriberId(userId), userId, UserRole.GENERAL, organisation);
    return new User(
        user.id(),
        user.userId(),
        user.role(),
        organisation,
        name,
        new MailAddress(userId + "@example.jp"),
        user.language(),
        user.password(),
        user.lock());
  }

  private List<String> found(String text) {
    return ids(list(new UserQuery(text, Sort.USER_ID, false, 1)));
  }

  private List<String> sorted(Sort sort, boolean descending) {
    return ids(list(new UserQuery("", sort, descending, 1)));
  }

  private UserPage list(UserQuery query) {
    return bed.get(stores -> stores.directory().list(Bed.BANK.number(), query, Bed.NOW));
  }

  private static List<String> ids(UserPage page) {
    return page.users().stream().map(listed -> listed.user().userId().value()).toList();
  }
}
