package dev.inkan.server.store;

import static dev.inkan.server.store.UserAdministrationTest.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.CodePolicy;
import dev.inkan.server.registration.administration.AddressChange;
import dev.inkan.server.registration.administration.AddressChanges;
import dev.inkan.server.registration.administration.AddressCodeOutcome;
import dev.inkan.server.registration.administration.AddressOutcome;
import dev.inkan.server.registration.application.ResendOutcome;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.CodeBook;
import dev.inkan.server.registration.secret.InstallationSecret;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserRole;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** C4: a new address counts once it has answered, and the old one is told. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class AddressChangesTest {

  private static final SubscriberId HANAKO = new SubscriberId("hanako");
  private static final UserId HANAKO_ID = new UserId("hanako1");
  private static final MailAddress OLD = new MailAddress("taro@example.jp");
  private static final MailAddress NEW = new MailAddress("new@example.jp");

  private final Bed bed;
  private final CodeBook codes =
      new CodeBook(InstallationSecret.copyOf(new byte[InstallationSecret.OCTETS]));
  private final AddressChanges addresses;

  AddressChangesTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    this.addresses =
        new AddressChanges(
            bed.transactions, codes, CodePolicy.BANK, new Chance(bed.clock, new SecureRandom()));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @BeforeEach
  void addPeople() {
    bed.addTaro();
    bed.run(
        stores ->
            stores.users().add(Bed.user(HANAKO, HANAKO_ID.value(), UserRole.GENERAL, Bed.BANK)));
  }

  static VerificationCode code(String digits) {
    return VerificationCode.parse(digits).orElseThrow();
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: the code goes to the new address, comes back, and the old address is told")
  void answered() {
    assertThat(begin(NEW)).isEqualTo(AddressOutcome.CODE_SENT);
    assertThat(mail()).isEqualTo(OLD);

    assertThat(enter(rightCode())).isEqualTo(new AddressCodeOutcome.Changed(NEW));

    assertThat(mail()).isEqualTo(NEW);
    assertThat(mails())
        .containsExactly("address-code new@example.jp", "address-changed taro@example.jp");
    assertThat(enter(code("123456"))).isEqualTo(new AddressCodeOutcome.NoChange());
    assertThat(bed.count("SELECT COUNT(*) FROM audit_event WHERE action = 'ADDRESS_CHANGED'"))
        .isEqualTo(1);
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: a double click changes the address once")
  void twice() throws Exception {
    begin(NEW);
    VerificationCode right = rightCode();

    List<AddressCodeOutcome> outcomes = Race.of(4, () -> enter(right));

    assertThat(outcomes).containsOnlyOnce(new AddressCodeOutcome.Changed(NEW));
    assertThat(outcomes).contains(new AddressCodeOutcome.NoChange());
    assertThat(mails()).hasSize(2);
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: five wrong codes void it, also for the right one")
  void voided() {
    begin(NEW);
    VerificationCode right = rightCode();
    for (int left = 4; left >= 1; left--) {
      assertThat(enter(wrongCode(right))).isEqualTo(new AddressCodeOutcome.Wrong(left));
    }

    assertThat(enter(wrongCode(right))).isEqualTo(new AddressCodeOutcome.Voided());

    assertThat(enter(right)).isEqualTo(new AddressCodeOutcome.NoChange());
    assertThat(mail()).isEqualTo(OLD);
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: after 30 minutes the code no longer counts and is not sent again")
  void expired() {
    begin(NEW);
    VerificationCode right = rightCode();
    bed.clock.advance(Duration.ofMinutes(30));

    assertThat(enter(right)).isEqualTo(new AddressCodeOutcome.Expired());
    assertThat(resend()).isEqualTo(new ResendOutcome.NoCode());
    assertThat(mail()).isEqualTo(OLD);

    assertThat(removeExpired(0)).isZero();
    bed.clock.advance(Duration.ofMillis(1));
    assertThat(removeExpired(0)).isEqualTo(1);
  }

  private int removeExpired(int secondsAgo) {
    return bed.get(
        stores ->
            stores.addressChanges().removeExpired(bed.clock.instant().minusSeconds(secondsAgo)));
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: neither ⑤'s code nor that of an earlier address fits")
  void otherCodes() {
    begin(new MailAddress("earlier@example.jp"));
    VerificationCode earlier = rightCode();
    begin(NEW);
    VerificationCode ofTheFlow = codes.code(new UUID(1, 2), 1);

    assertThat(rightCode().reveal()).isNotEqualTo(ofTheFlow.reveal());
    assertThat(enter(ofTheFlow)).isInstanceOf(AddressCodeOutcome.Wrong.class);
    assertThat(enter(earlier)).isInstanceOf(AddressCodeOutcome.Wrong.class);
    assertThat(enter(rightCode())).isEqualTo(new AddressCodeOutcome.Changed(NEW));
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: the same code is sent again after a minute")
  void again() {
    begin(NEW);
    VerificationCode right = rightCode();
    bed.clock.advance(Duration.ofSeconds(59));
    assertThat(resend()).isEqualTo(new ResendOutcome.TooSoon(Bed.NOW.plusSeconds(60)));
    bed.clock.advance(Duration.ofSeconds(1));

    assertThat(resend()).isEqualTo(new ResendOutcome.Resent());

    assertThat(mails())
        .containsExactly("address-code new@example.jp", "address-code new@example.jp");
    assertThat(rightCode().matches(right)).isTrue();
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: five mails a day for one user, and none to the address there is")
  void limits() {
    assertThat(begin(OLD)).isEqualTo(AddressOutcome.SAME_ADDRESS);
    for (int i = 0; i < 5; i++) {
      assertThat(begin(NEW)).isEqualTo(AddressOutcome.CODE_SENT);
    }

    assertThat(begin(NEW)).isEqualTo(AddressOutcome.TOO_MANY_CODES);

    bed.clock.advance(Duration.ofHours(24).plusMillis(1));
    assertThat(begin(NEW)).isEqualTo(AddressOutcome.CODE_SENT);
  }

  @Test
  @Tag("C4")
  @DisplayName("C4: a cancelled change is over")
  void cancel() {
    begin(NEW);
    VerificationCode right = rightCode();

    assertThat(value(addresses.cancel(Bed.TARO, HANAKO_ID))).isTrue();

    assertThat(enter(right)).isEqualTo(new AddressCodeOutcome.NoChange());
    assertThat(resend()).isEqualTo(new ResendOutcome.NoCode());
    assertThat(mail()).isEqualTo(OLD);
  }

  private AddressOutcome begin(MailAddress address) {
    return value(addresses.begin(Bed.TARO, HANAKO_ID, address));
  }

  private AddressCodeOutcome enter(VerificationCode code) {
    return value(addresses.enterCode(Bed.TARO, HANAKO_ID, code));
  }

  private ResendOutcome resend() {
    return value(addresses.resend(Bed.TARO, HANAKO_ID));
  }

  private AddressChange change() {
    return bed.find(stores -> stores.addressChanges().find(HANAKO)).orElseThrow();
  }

  private VerificationCode rightCode() {
    AddressChange change = change();
    return codes.code(change.id(), change.code().counter());
  }

  private static VerificationCode wrongCode(VerificationCode right) {
    return code(right.reveal().equals("111111") ? "222222" : "111111");
  }

  private MailAddress mail() {
    return bed.find(stores -> stores.users().find(HANAKO)).map(User::mail).orElseThrow();
  }

  private List<String> mails() {
    return bed.database.inTransaction(
        handle ->
            handle
                .createQuery("SELECT kind || ' ' || recipient FROM mail_outbox ORDER BY number")
                .map((row, context) -> row.getString(1))
                .list());
  }
}
