package dev.inkan.core.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S9")
class SerialNumberTest {

  @Test
  @DisplayName("S9: 200,000 serial numbers are positive, of one length and all different")
  void drawsManyWithoutRepetition() {
    SecureRandom random = new SecureRandom();
    Set<SerialNumber> drawn = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      SerialNumber serialNumber = SerialNumber.random(random);
      assertThat(serialNumber.value().signum()).isPositive();
      assertThat(serialNumber.value().toByteArray()).hasSize(16);
      drawn.add(serialNumber);
    }
    assertThat(drawn).hasSize(200_000);
  }

  @Test
  void readsBackItsText() {
    SerialNumber serialNumber = SerialNumber.random(new SecureRandom());
    assertThat(SerialNumber.parse(serialNumber.toString())).isEqualTo(serialNumber);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void refusesWhatIsNotPositive(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new SerialNumber(new BigInteger(value)));
  }

  @Test
  void refusesMoreThanTwentyOctets() {
    new SerialNumber(BigInteger.ONE.shiftLeft(158));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SerialNumber(BigInteger.ONE.shiftLeft(159)));
  }
}
