package dev.inkan.server.registration.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserRole;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.JdbiTransactions;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All users of a file, or none and what is wrong with it. */
final class UserImportTest {

  private static final String HEAD = String.join(",", UserImport.COLUMNS) + "\r\n";
  private static final String GOOD =
      "0001,印鑑商事,taro0001,general,印鑑 太郎,taro@example.jp,Inkan#2026\r\n";

  private final Clock clock = Clock.systemUTC();
  private Database database;
  private JdbiTransactions transactions;
  private UserImport users;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = Database.openAndMigrate(DatabaseSettings.h2(folder.resolve("inkan"), 3));
    transactions =
        new JdbiTransactions(
            database, (number, language, notice) -> SealedSecret.copyOf(new byte[] {1}), clock);
    users =
        new UserImport(
            transactions,
            new PasswordHasher(new PasswordHasher.Cost(64, 1, 1), new SecureRandom()),
            new NodeName("test"),
            clock,
            UUID::randomUUID);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private UserImport.Result take(String csv) {
    return users.importUsers(new StringReader(csv));
  }

  private boolean knows(String userId) {
    return transactions.inTransaction(
        stores -> stores.users().find(new UserId(userId)).isPresent());
  }

  @Test
  @Tag("C5")
  @DisplayName("C5: passwords that somebody else set are marked, with their end")
  void initialPasswords() {
    Instant until = Instant.parse("2026-12-22T15:00:00Z");

    users.importUsers(new StringReader(HEAD + GOOD), until);

    User taro =
        transactions
            .inTransaction(stores -> stores.users().find(new UserId("taro0001")))
            .orElseThrow();
    assertThat(taro.password().initialUntil()).contains(until);
  }

  @Test
  void everyColumnArrives() {
    assertThat(take(HEAD + GOOD)).isEqualTo(new UserImport.Result(1, List.of()));

    User taro =
        transactions
            .inTransaction(stores -> stores.users().find(new UserId("taro0001")))
            .orElseThrow();
    assertThat(taro.organisation()).isEqualTo(new Organisation("0001", "印鑑商事"));
    assertThat(taro.name()).isEqualTo("印鑑 太郎");
    assertThat(taro.role()).isEqualTo(UserRole.GENERAL);
    assertThat(taro.mail()).isEqualTo(new MailAddress("taro@example.jp"));
    assertThat(taro.password().hash().phc()).startsWith("$argon2id$").doesNotContain("Inkan#2026");
    assertThat(taro.lock()).isEqualTo(Attempts.NONE);
  }

  @Test
  @DisplayName("A byte order mark, LF, quotes and empty lines are what spreadsheets write")
  void spreadsheets() {
    String csv =
        "\ufeff"
            + HEAD.replace("\r\n", "\n")
            + "\n0001,\"印鑑, 商事\",taro0001,General,\"太郎 \"\"T\"\"\",taro@example.jp,\"In,kan#26\"\n\n"
            + "0001,\"印鑑, 商事\",hanko001,MASTER,花子,h@example.jp,Inkan#2026";

    assertThat(take(csv).problems()).isEmpty();
    assertThat(knows("taro0001")).isTrue();
    assertThat(knows("hanko001")).isTrue();
  }

  static Stream<String> badRows() {
    return Stream.of(
        GOOD.replace("taro0001", "taro"),
        GOOD.replace("taro0001", "ｔａｒｏ0001"),
        GOOD.replace("general", "boss"),
        GOOD.replace("general", ""),
        GOOD.replace("taro@example.jp", "taro"),
        GOOD.replace("Inkan#2026", "inkan"),
        GOOD.replace("Inkan#2026", "=cmd|' /C calc'!A0"),
        GOOD.replace("印鑑商事", ""),
        GOOD.replace("印鑑商事", "\"a\r\nb\""),
        GOOD.replace("印鑑 太郎", ""),
        GOOD.replace("印鑑 太郎", "太郎\u202e"),
        GOOD.replace("印鑑 太郎", "𠮷".repeat(65)),
        GOOD.replace("0001,印", "００,印"),
        GOOD.replace(",Inkan#2026", ""),
        GOOD.replace("Inkan#2026", "Inkan#2026,x"),
        "=cmd|' /C calc'!A0\r\n");
  }

  @ParameterizedTest
  @MethodSource("badRows")
  @DisplayName(
      "A bad row in the middle: its line is named, its password is not, nobody is imported")
  void badRow(String row) {
    UserImport.Result result =
        take(
            HEAD
                + GOOD.replace("taro0001", "first001")
                + row
                + GOOD.replace("taro0001", "last0001"));

    assertThat(result.imported()).isZero();
    assertThat(result.problems()).isNotEmpty();
    assertThat(result.problems().get(0)).matches("line [34]: .*");
    assertThat(result.problems().toString()).doesNotContain("Inkan#2026", "\u202e", "cmd");
    assertThat(knows("first001")).isFalse();
    assertThat(knows("last0001")).isFalse();
  }

  @Test
  @DisplayName("A formula as a name is a name: what exports it must quote it")
  void formula() {
    assertThat(take(HEAD + GOOD.replace("印鑑 太郎", "=cmd|' /C calc'!A0")).problems()).isEmpty();
  }

  @Test
  @DisplayName("An unclosed quote, and a quote in the middle, are told by their line")
  void brokenQuotes() {
    for (String row : List.of("0001,\"印鑑商事,taro0001\r\n" + GOOD, "0001,\"a\"b,taro0001\r\n")) {
      UserImport.Result result = take(HEAD + GOOD.replace("taro0001", "first001") + row);

      assertThat(result.imported()).isZero();
      assertThat(result.problems()).hasSize(1);
      assertThat(result.problems().get(0)).startsWith("line ");
      assertThat(knows("first001")).isFalse();
    }
  }

  @Test
  void duplicates() {
    UserImport.Result inFile = take(HEAD + GOOD + GOOD);
    assertThat(inFile.problems())
        .containsExactly("line 3: user_id taro0001 stands twice in the file");
    take(HEAD + GOOD);

    UserImport.Result inDatabase = take(HEAD + GOOD.replace("taro0001", "other001") + GOOD);

    assertThat(inDatabase.imported()).isZero();
    assertThat(inDatabase.problems()).hasSize(1);
    assertThat(inDatabase.problems().get(0)).contains("taro0001");
    assertThat(knows("other001")).isFalse();
  }

  @Test
  @DisplayName("An organisation has one master")
  void twoMasters() {
    String master = GOOD.replace("general", "master");

    UserImport.Result result = take(HEAD + master + master.replace("taro0001", "other001"));

    assertThat(result.imported()).isZero();
    assertThat(result.problems()).hasSize(1);
    assertThat(knows("taro0001")).isFalse();
  }

  @Test
  @Tag("S14")
  @DisplayName("Of very many problems fifty are told")
  void manyProblems() {
    String rows =
        IntStream.range(0, 1_000).mapToObj(i -> "x,,,,,,\r\n").collect(Collectors.joining());

    assertThat(take(HEAD + rows).problems().size()).isBetween(50, 56);
  }

  @Test
  void emptyAndForeignFiles() {
    assertThat(take("").problems()).hasSize(1);
    assertThat(take("\r\n").problems()).hasSize(1);
    assertThat(take("\"user_id\r\n").problems()).hasSize(1);
    assertThat(take(HEAD).problems()).containsExactly("the file holds no user");
    assertThat(take("a,b,c\r\n1,2,3\r\n").problems().get(0))
        .startsWith("line 1: the columns must be");
    assertThat(take("user_id,user_id\r\n").problems()).hasSize(1);
    assertThat(take(GOOD).problems()).hasSize(1);
    assertThat(take("\u0000\u0001\u0002").problems()).hasSize(1);
  }
}
