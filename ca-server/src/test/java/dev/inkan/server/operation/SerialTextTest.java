package dev.inkan.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.SerialNumber;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S14")
@Tag("S18")
final class SerialTextTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "4abc, 4abc",
    "4ABC, 4abc",
    "4A:BC, 4abc",
    "0x4abc, 4abc",
    "0X4ABC, 4abc",
    "004abc, 4abc",
    "00:00:4a:bc, 4abc",
    "4a bc, 4abc",
    "abc, 0abc",
    "ff, 00ff",
    "7fffffffffffffffffffffffffffffffffffffff, 7fffffffffffffffffffffffffffffffffffffff",
    "007fffffffffffffffffffffffffffffffffffffff, 7fffffffffffffffffffffffffffffffffffffff",
  })
  @DisplayName("S14: a serial number is taken as other programs write it")
  void taken(String text, String ledger) {
    assertThat(SerialText.parse(text)).contains(SerialNumber.parse(ledger));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "00",
        "0x",
        "-4abc",
        "4abg",
        "４abc",
        "4abc;",
        "4abc'--",
        "ffffffffffffffffffffffffffffffffffffffff",
        "017fffffffffffffffffffffffffffffffffffffff",
        "1111111111111111111111111111111111111111111111111111111111111111111111111111111111",
      })
  @DisplayName("S18: what is no serial number is none, and no exception")
  void refused(String text) {
    assertThat(SerialText.parse(text)).isEmpty();
  }
}
