package dev.inkan.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.user.Language;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S5")
@DisplayName("A mail that waits cannot be read by a thief of the database")
class MailSealTest {

  private static final MailNumber NUMBER = new MailNumber(7);
  private static final MailText TEXT = new MailText("件名", "本文\nコード 123456\n");

  private final SecureRandom random = new SecureRandom();
  private final MailSeal seal = new MailSeal(key(1));

  @Test
  void opensWhatItSealed() throws GeneralSecurityException {
    assertThat(seal.open(NUMBER, seal.seal(NUMBER, TEXT, random))).isEqualTo(TEXT);
  }

  @Test
  void composerSealsWhatTheTextsSay() throws GeneralSecurityException {
    Clock clock = Clock.fixed(Mails.NOW, ZoneOffset.UTC);
    SealedSecret sealed =
        new SealedMailComposer(Mails.LETTERHEAD, seal, random, clock)
            .compose(NUMBER, Language.JAPANESE, Mails.CODE);

    assertThat(new String(sealed.toByteArray(), StandardCharsets.ISO_8859_1))
        .doesNotContain("048213");
    assertThat(seal.open(NUMBER, sealed))
        .isEqualTo(Mails.texts().render(NUMBER, Mails.CODE, Mails.NOW));
  }

  @Test
  void neverSealsTheSameTwice() {
    assertThat(seal.seal(NUMBER, TEXT, random)).isNotEqualTo(seal.seal(NUMBER, TEXT, random));
  }

  @Test
  void opensInNoOtherMailsPlaceNorUnderAnotherKeyNorAltered() {
    SealedSecret sealed = seal.seal(NUMBER, TEXT, random);
    byte[] altered = sealed.toByteArray();
    altered[altered.length - 1] ^= 1;

    assertRefused(seal, new MailNumber(8), sealed);
    assertRefused(new MailSeal(key(2)), NUMBER, sealed);
    assertRefused(seal, NUMBER, SealedSecret.copyOf(altered));
    assertRefused(seal, NUMBER, SealedSecret.copyOf(Arrays.copyOf(altered, 12)));
  }

  private static void assertRefused(MailSeal seal, MailNumber number, SealedSecret sealed) {
    assertThatThrownBy(() -> seal.open(number, sealed))
        .isInstanceOf(GeneralSecurityException.class);
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
