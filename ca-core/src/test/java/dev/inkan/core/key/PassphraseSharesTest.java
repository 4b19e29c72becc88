package dev.inkan.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S18")
@DisplayName("A passphrase in shares")
class PassphraseSharesTest {

  private final SecureRandom random = new SecureRandom();

  @Test
  @DisplayName("Any two of three give it back, in any order; all three as well")
  void anyTwoOfThree() {
    for (int round = 0; round < 20; round++) {
      PassphraseShares.Made made = PassphraseShares.make(3, 2, random);
      List<String> shares = made.shares();
      assertThat(shares).allMatch(it -> it.matches("([0-9A-F]{4}-){15}[0-9A-F]{4}"));
      for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
          if (a != b) {
            assertThat(join(shares.get(a), shares.get(b))).isEqualTo(text(made.passphrase()));
          }
        }
      }
      assertThat(join(shares.get(2), shares.get(0), shares.get(1)))
          .isEqualTo(text(made.passphrase()));
      assertThat(made.toString()).doesNotContain(shares.get(0));
    }
  }

  @Test
  @DisplayName("One alone, one twice, of two sets, with a slip: told, and nothing given")
  void refused() {
    List<String> shares = PassphraseShares.make(3, 3, random).shares();
    String other = PassphraseShares.make(3, 2, random).shares().get(1);
    assertThatThrownBy(() -> join(shares.get(0), shares.get(1)))
        .hasMessage("there are too few shares");
    assertThatThrownBy(() -> join(shares.get(0), shares.get(0)))
        .hasMessage("share 1 is there twice");
    assertThatThrownBy(() -> join(shares.get(0), other))
        .hasMessage("the shares are not of one set");
    assertThatThrownBy(() -> join(shares.get(0).substring(2)))
        .hasMessage("a share has 16 groups of four, and this one 62 digits");
    assertThatThrownBy(() -> join("hello")).hasMessageContaining("digits, A to F");
    char first = shares.get(0).charAt(10);
    String slip =
        shares.get(0).substring(0, 10) + (first == '0' ? '1' : '0') + shares.get(0).substring(11);
    assertThatThrownBy(() -> join(slip))
        .hasMessage("the share was not typed as it stands on its paper");
    assertThat(PassphraseShares.thresholdOf(shares.get(2).toCharArray())).isEqualTo(3);
    for (int[] wrong : new int[][] {{3, 1}, {2, 3}, {10, 2}}) {
      assertThatThrownBy(() -> PassphraseShares.make(wrong[0], wrong[1], random))
          .hasMessageContaining("at least two shares open it");
    }
  }

  private static String join(String... shares) {
    List<char[]> typed = new ArrayList<>();
    Stream.of(shares)
        .map(it -> it.toLowerCase(Locale.ROOT).replace('-', ' ').toCharArray())
        .forEach(typed::add);
    try (Passphrase joined = PassphraseShares.join(typed)) {
      return text(joined);
    }
  }

  private static String text(Passphrase passphrase) {
    return new String(passphrase.toCharArray());
  }
}
