package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.e2e.Command.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The independent readers tell a good file from a bad one. */
@Tag("A10")
class ReadersTest {

  private static final Map<String, BiFunction<Path, String, Outcome>> READERS =
      Map.of(
          "openssl", Readers::openssl,
          "nss", Readers::nss,
          "gnutls", Readers::gnutls,
          "jdk", Readers::jdk,
          "python", Readers::python);

  @TempDir Path folder;

  private final ThrowawayPki pki = new ThrowawayPki("Test Root");

  @ParameterizedTest
  @ValueSource(strings = {"openssl", "nss", "gnutls", "jdk", "python"})
  void everyReaderOpensAGoodFileAndRefusesTheWrongPasswordAndABrokenMac(String name)
      throws Exception {
    BiFunction<Path, String, Outcome> reader = READERS.getOrDefault(name, Readers::openssl);
    Path file = pki.subscriber(folder.resolve("taro01.p12"), "taro01");
    assertThat(reader.apply(file, ThrowawayPki.PASSWORD).orFail().output()).contains("taro01");
    assertThat(reader.apply(file, "Wr0ng!pass").exit()).isNotZero();
    byte[] octets = Readers.octets(file);
    octets[octets.length - 45] ^= 1; // Inside the MAC's digest or salt, at the end of the file.
    Files.write(file, octets);
    assertThat(reader.apply(file, ThrowawayPki.PASSWORD).exit()).isNotZero();
  }

  @Test
  void opensslVerifiesTheChainForAClientAlone() throws Exception {
    Path file = pki.subscriber(folder.resolve("taro01.p12"), "taro01");
    Path root = Readers.chain(file, ThrowawayPki.PASSWORD);
    Path leaf = Readers.leaf(file, ThrowawayPki.PASSWORD);
    assertThat(Readers.verify(root, root, leaf).orFail().output()).contains("OK");
    assertThat(Readers.notAfter(leaf))
        .matches("notAfter=\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ");
    Path server = pki.server(folder.resolve("server.p12"));
    assertThat(Readers.verify(root, root, Readers.leaf(server, ThrowawayPki.PASSWORD)).exit())
        .isNotZero();
    Path stranger = new ThrowawayPki("Test Root").subscriber(folder.resolve("other.p12"), "taro01");
    assertThat(Readers.verify(root, root, Readers.leaf(stranger, ThrowawayPki.PASSWORD)).exit())
        .isNotZero();
  }
}
