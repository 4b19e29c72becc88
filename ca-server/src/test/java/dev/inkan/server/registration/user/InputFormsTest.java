package dev.inkan.server.registration.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.VerificationCode;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person may type, and the whole catalogue of what not (S14). */
final class InputFormsTest {

  /** Put into, before and after a text of the right form, none of these leaves it right. */
  private static final List<String> BAD =
      List.of(
          " ", "\t", "\u0000", "\r\n", "\n", "\u007f", "\u0085", "\u00a0", "\u3000", "\u200b",
          "\u202e", "\ufeff", "あ", "Ａ", "１", "ｱ", "é", "e\u0301", "٣", "९", "𝟙", "🔏", "\ud83d",
          "\udd0f", "𠮷", "ı", "ß", "—");

  static Stream<String> badUserIds() {
    return Stream.concat(
        Stream.of(
            "",
            "abcd1",
            "abcdefghijkl1",
            "abcdefghijk12",
            "abcdef",
            "123456",
            "abc_123",
            "abc-123",
            "abc.123",
            "abc'123",
            "abc\"12",
            "<b>12",
            "ab%00c12",
            "x".repeat(10_000),
            "1".repeat(10_000),
            "ａｂｃ１２３",
            "yamada０1"),
        BAD.stream()
            .flatMap(bad -> Stream.of(bad + "abc123", "abc" + bad + "123", "abc123" + bad)));
  }

  @ParameterizedTest
  @MethodSource("badUserIds")
  @Tag("B4")
  @DisplayName("B4: no user ID")
  void noUserId(String text) {
    assertThat(UserId.parse(text)).isEmpty();
    assertThatThrownBy(() -> new UserId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abcde1", "1abcde", "ABC123", "a2345678901b", "yamada01"})
  @Tag("B4")
  @DisplayName("B4: 6 to 12 letters and digits, one of each at least, is a user ID")
  void userId(String text) {
    assertThat(UserId.parse(text)).contains(new UserId(text));
    assertThat(new UserId(text)).hasToString(text);
  }

  @Test
  @Tag("B4")
  @DisplayName("B4: case counts")
  void userIdsDifferInCase() {
    assertThat(new UserId("Yamada01")).isNotEqualTo(new UserId("yamada01"));
  }

  static Stream<String> badPasswords() {
    return Stream.concat(
        Stream.of(
            "",
            "Aa1#aaa",
            "Aa1#567890123",
            "aa1#aaaa",
            "AA1#AAAA",
            "Aab#aaaa",
            "Aa12aaaa",
            "Ａa1#aaaa",
            "Aa１#aaaa",
            "Aa1＃aaaa",
            "Aa1#".repeat(2_500),
            "Aa1 aaaa"),
        BAD.stream()
            .flatMap(bad -> Stream.of(bad + "Aa1#aaaa", "Aa1#" + bad + "aaaa", "Aa1#aaaa" + bad)));
  }

  @ParameterizedTest
  @MethodSource("badPasswords")
  @Tag("B5")
  @DisplayName("B5: no password")
  void noPassword(String text) {
    assertThat(LoginPassword.parse(text.toCharArray())).isEmpty();
  }

  @Test
  @Tag("B5")
  @DisplayName("B5: every printable half-width symbol is one")
  void symbols() {
    for (char symbol = '!'; symbol <= '~'; symbol++) {
      if (!Character.isLetterOrDigit(symbol)) {
        assertThat(LoginPassword.parse(("Aa1aaaa" + symbol).toCharArray()))
            .as("%s", symbol)
            .isPresent();
      }
    }
    assertThat(LoginPassword.parse("Aa1#aaaa".toCharArray())).isPresent();
    assertThat(LoginPassword.parse("Aa1#56789012".toCharArray())).isPresent();
  }

  @Test
  @Tag("B5")
  @DisplayName("A password never prints, and is gone once closed")
  void passwordIsSecret() {
    LoginPassword password = LoginPassword.parse("Canary#1aa".toCharArray()).orElseThrow();

    assertThat(password.toString()).doesNotContain("Canary");
    password.close();
    assertThat(new String(password.toCharArray())).isEqualTo("\0".repeat(10));
  }

  static Stream<String> badCodes() {
    return Stream.concat(
        Stream.of(
            "",
            "12345",
            "1234567",
            "１２３４５６",
            "٠١٢٣٤٥",
            "12345a",
            "-12345",
            "+12345",
            "1e1000",
            "1".repeat(10_000)),
        BAD.stream()
            .flatMap(
                bad ->
                    Stream.of(bad + "123456", "123" + bad + "456", "123456" + bad, bad + "12345")));
  }

  @ParameterizedTest
  @MethodSource("badCodes")
  @Tag("B12")
  @DisplayName("B12: no code")
  void noCode(String text) {
    assertThat(VerificationCode.parse(text)).isEmpty();
  }

  @Test
  @Tag("B12")
  @DisplayName("B12: a code has six digits, compares and never prints")
  void code() {
    VerificationCode code = VerificationCode.parse("012345").orElseThrow();

    assertThat(code.matches(VerificationCode.parse("012345").orElseThrow())).isTrue();
    assertThat(code.matches(VerificationCode.parse("012346").orElseThrow())).isFalse();
    assertThat(code.reveal()).isEqualTo("012345");
    assertThat(code.toString()).doesNotContain("012345");
  }

  static Stream<String> badAddresses() {
    return Stream.concat(
        Stream.of(
            "",
            "a",
            "a@",
            "@a.jp",
            "a@b",
            "a@@b.jp",
            "a@b@c.jp",
            ".a@b.jp",
            "a.@b.jp",
            "a..b@c.jp",
            "a@.jp",
            "a@b..jp",
            "a@-b.jp",
            "a@b-.jp",
            "a@[127.0.0.1]",
            "\"a b\"@c.jp",
            "a b@c.jp",
            "a@b.jp,c@d.jp",
            "a@b.jp;c@d.jp",
            "<a@b.jp>",
            "Name <a@b.jp>",
            "a@例え.jp",
            "太郎@b.jp",
            "a@b.jp\r\nBcc: c@d.jp",
            "a@b.jp%0d%0aBcc:c@d.jp",
            "x".repeat(65) + "@b.jp",
            "a@" + "x".repeat(64) + ".jp",
            "a@" + "x.".repeat(130) + "jp"),
        BAD.stream()
            .flatMap(
                bad ->
                    Stream.of(
                        bad + "a@b.jp", "a" + bad + "@b.jp", "a@b" + bad + ".jp", "a@b.jp" + bad)));
  }

  @ParameterizedTest
  @MethodSource("badAddresses")
  @DisplayName("S14: no mail address")
  void noAddress(String text) {
    assertThat(MailAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b.jp", "o'hara+x@mail-1.example.co.jp", "A.B.C@d.example"})
  void address(String text) {
    assertThat(MailAddress.parse(text)).contains(new MailAddress(text));
  }

  @Test
  @Tag("B13")
  @DisplayName("B13: a screen shows no more of the address than its first letter and the host")
  void masked() {
    assertThat(new MailAddress("taro.yamada@b.example").masked()).isEqualTo("t***@b.example");
    assertThat(new MailAddress("t@b.example").masked()).isEqualTo("t***@b.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "　",
        "a\r\nb",
        "a\u0000b",
        "a\u202eb",
        "a\u200eb",
        "a\ud842",
        "a\udfb7b",
        "a\u0085b",
        "a\ufeffb",
        "a\u2028b",
        "a\u2029b"
      })
  @DisplayName("S14: no name of an organisation")
  void noName(String name) {
    assertThatThrownBy(() -> new Organisation("0001", name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("S14: names are bounded as RFC 5280 bounds them, in characters")
  void names() {
    assertThat(new Organisation("0001", "𠮷".repeat(64)).name()).hasSize(128);
    assertThatThrownBy(() -> new Organisation("0001", "𠮷".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Organisation("A-1", "<script>\"O'Hara\" & が").name()).contains("が");
    for (String number : List.of("", "1".repeat(21), "１", "0 1", "0_1", "0\n")) {
      assertThatThrownBy(() -> new Organisation(number, "a"))
          .as(number)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  static Stream<String> badLoginIds() {
    return Stream.concat(
        Stream.of("", "AB1234567", "AB123456789", "A123456789", "ABC1234567", "1234567890"),
        BAD.stream().flatMap(bad -> Stream.of(bad + "AB12345678", "AB1234" + bad + "5678")));
  }

  @ParameterizedTest
  @MethodSource("badLoginIds")
  @Tag("C2")
  @DisplayName("C2: no login ID")
  void noLoginId(String text) {
    assertThat(LoginId.parse(text)).isEmpty();
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: login IDs are drawn in their form, and small letters stand for capitals")
  void loginId() {
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 1_000; i++) {
      assertThat(LoginId.random(random).value()).matches("[A-HJ-NP-RT-Y]{2}[0-9]{8}");
    }
    assertThat(LoginId.parse("ab01234567")).contains(new LoginId("AB01234567"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "　", "a\nb", "a\u0000", "a\u202eb", "\ud83d", "a\u2028b"})
  @Tag("C2")
  @DisplayName("C2: no person's name")
  void noPersonsName(String text) {
    assertThat(User.isName(text)).isFalse();
    assertThat(User.isName("山".repeat(65))).isFalse();
    assertThat(User.isName("𠮷".repeat(64))).isTrue();
  }
}
