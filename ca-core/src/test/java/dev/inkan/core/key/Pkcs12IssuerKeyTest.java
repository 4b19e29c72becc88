package dev.inkan.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.KeyUnavailableException.Reason;
import dev.inkan.core.testing.TestPki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("S18")
class Pkcs12IssuerKeyTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final String SECRET = "correct horse";

  @TempDir private Path directory;

  private final Pkcs12IssuerKey keys = new Pkcs12IssuerKey(PKI.providers(), PKI.random());
  private Path file = Path.of(""); // in a fresh directory for each test

  @BeforeEach
  void writeKeyFile() throws IOException {
    file = directory.resolve("issuing.p12");
    write(PKI.issuing());
  }

  @Test
  void readsWhatACeremonyWrote() {
    Credential loaded = load(SECRET);

    assertThat(loaded.id()).isEqualTo("issuing");
    assertThat(loaded.chain()).isEqualTo(PKI.issuing().chain());
    assertThat(loaded.algorithm()).isEqualTo(KeyAlgorithm.P_384);
  }

  @Test
  @DisplayName("S18: a passphrase that was drawn needs no stretching, any other gets all of it")
  void hashesAsOftenAsThePassphraseNeeds() throws IOException {
    try (Passphrase drawn = Passphrase.drawn(PKI.random());
        Passphrase same = Passphrase.copyOf(drawn.toCharArray())) {
      Der light = PKI.issuing().toPkcs12(drawn);

      assertThat(new String(drawn.toCharArray())).matches("[A-Za-z0-9_-]{32}");
      assertThat(iterations(light)).isEqualTo(1_000);
      assertThat(iterations(PKI.issuing().toPkcs12(same))).isEqualTo(100_000);
      Files.write(file, light.toByteArray());
      assertThat(keys.load("issuing", file, same).chain()).isEqualTo(PKI.issuing().chain());
    }
  }

  private static int iterations(Der pfx) {
    return Pfx.getInstance(pfx.toByteArray()).getMacData().getIterationCount().intValueExact();
  }

  @Test
  void namesAMissingFile() throws IOException {
    Files.delete(file);
    assertFailure(failure(SECRET), Reason.MISSING);
  }

  @Test
  void tellsAWrongPassphrase() {
    KeyUnavailableException failure = failure("incorrect horse");
    assertFailure(failure, Reason.WRONG_PASSPHRASE);
    assertThat(failure).message().doesNotContain("horse");
  }

  @Test
  void tellsADirectory() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
    assertFailure(failure(SECRET), Reason.UNREADABLE);
  }

  @Test
  void refusesAHugeFile() throws IOException {
    Files.write(file, new byte[(1 << 20) + 1]);
    assertFailure(failure(SECRET), Reason.UNSUITABLE);
  }

  @Test
  @DisplayName("S18: a key file cut anywhere is refused, never an unchecked surprise")
  void refusesATruncatedFile() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += length < 64 ? 1 : 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(failure(SECRET).reason())
          .as("cut after %d octets", length)
          .isNotEqualTo(Reason.MISSING);
    }
  }

  @Test
  @DisplayName("S18: a key file changed by an octet is refused, never an unchecked surprise")
  void refusesAChangedFile() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int round = 0; round < 60; round++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(changed.length - 64)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, changed);
      assertThat(failure(SECRET)).as("round %d", round).isNotNull();
    }
  }

  @Test
  void refusesSomethingElse() throws IOException {
    Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n", StandardCharsets.US_ASCII);
    assertFailure(failure(SECRET), Reason.DAMAGED);
  }

  @Test
  void refusesAKeyThatIsNotItsCertificates() throws IOException {
    SigningKey stranger = PKI.keys().signingKey(KeyAlgorithm.P_384);
    write(stranger.certified("issuing", PKI.issuing().chain()));
    assertFailure(failure(SECRET), Reason.KEY_DOES_NOT_MATCH_CERTIFICATE);
  }

  @Test
  void refusesAKeyOfAnotherAlgorithmThanItsCertificate() throws IOException {
    SigningKey stranger = PKI.keys().signingKey(KeyAlgorithm.RSA_2048);
    write(stranger.certified("issuing", PKI.issuing().chain()));
    assertFailure(failure(SECRET), Reason.KEY_DOES_NOT_MATCH_CERTIFICATE);
  }

  @Test
  void neverPrintsItself() {
    assertThat(PKI.issuing().toString()).contains("redacted").doesNotContain("-----");
    assertThat(PKI.keys().signingKey(KeyAlgorithm.P_256).toString()).contains("redacted");
  }

  private void assertFailure(KeyUnavailableException failure, Reason reason) {
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.keyId()).isEqualTo("issuing");
    assertThat(failure).message().contains("'issuing'", file.toString());
  }

  private KeyUnavailableException failure(String secret) {
    return catchThrowableOfType(KeyUnavailableException.class, () -> load(secret));
  }

  private Credential load(String secret) {
    try (Passphrase passphrase = Passphrase.copyOf(secret.toCharArray())) {
      return keys.load("issuing", file, passphrase);
    }
  }

  private void write(Credential credential) throws IOException {
    try (Passphrase passphrase = Passphrase.copyOf(SECRET.toCharArray())) {
      Der encoded = credential.toPkcs12(passphrase);
      Files.write(file, encoded.toByteArray());
    }
  }
}
