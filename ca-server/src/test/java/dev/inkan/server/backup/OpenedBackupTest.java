package dev.inkan.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkan.core.key.Passphrase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A backup that is not as it was made is refused")
final class OpenedBackupTest {

  private static final int PLACES = Integer.getInteger("inkan.backup.places", 120);
  private static final int CLOSELY = 60;
  private static final BackupManifest OF_ANY =
      new BackupManifest(1, "9.9", "2026-11-23T00:00:00Z", "node-1", "00", List.of());

  private final SecureRandom random = new SecureRandom();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Passphrase passphrase = Passphrase.copyOf("correct horse".toCharArray());

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void fill() {
    file = folder.resolve("inkan.backup");
    byte[] journal = new byte[20_000];
    random.nextBytes(journal);
    files.put("database", new byte[1000]);
    files.put("journal", journal);
    files.put("keys/issuing.p12", new byte[2000]);
  }

  private void seal(BackupManifest manifest) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>(files);
    all.put(BackupManifest.NAME, manifest.toJson());
    Rewritten.seal(file, passphrase, all);
  }

  @Test
  @DisplayName("One octet that is another is found wherever it is, and so is every cut")
  void damagedAnywhere() throws IOException {
    seal(Rewritten.manifest(OF_ANY, files));
    assertThat(OpenedBackup.check(file, passphrase, random).files()).hasSize(3);
    byte[] whole = Files.readAllBytes(file);

    for (int i = 0; i < PLACES; i++) {
      // The end closely: there are octets that no parser minds.
      int last = whole.length - 1;
      int at = i < CLOSELY ? last - i : (int) ((long) i * last / (PLACES - 1));
      byte[] another = whole.clone();
      another[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, another);
      requireRefused("octet " + at + " of " + whole.length);
      Files.write(file, Arrays.copyOf(whole, at));
      requireRefused("cut before octet " + at + " of " + whole.length);
    }
  }

  private void requireRefused(String how) {
    assertThatExceptionOfType(BackupException.class)
        .as(how)
        .isThrownBy(() -> OpenedBackup.check(file, passphrase, random))
        .withMessageContaining(file.toString());
    assertThatExceptionOfType(BackupException.class)
        .as(how)
        .isThrownBy(() -> OpenedBackup.open(file, passphrase, folder, random));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).as("nothing is left of it").containsExactly(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "a later form, has the form 2 and this program reads 1: restore it with Inkan 9.9",
    "a wrong digest, does not hold what its manifest says",
    "a file more, does not hold what its manifest says",
    "a file less, does not hold what its manifest says",
    "no manifest, holds no manifest",
    "a manifest that is none, manifest cannot be read"
  })
  void wellSealedButWrong(String what, String says) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>(files);
    BackupManifest right = Rewritten.manifest(OF_ANY, files);
    all.put(BackupManifest.NAME, right.toJson());
    switch (what) {
      case "a later form" ->
          all.put(
              BackupManifest.NAME,
              "{\"format\": 2, \"program\": \"9.9\", \"parts\": {}}"
                  .getBytes(StandardCharsets.UTF_8));
      case "a wrong digest" -> all.put("journal", new byte[20_000]);
      case "a file more" -> all.put("keys/another.p12", new byte[1]);
      case "a file less" -> all.remove("journal");
      case "no manifest" -> all.remove(BackupManifest.NAME);
      default -> all.put(BackupManifest.NAME, "none".getBytes(StandardCharsets.UTF_8));
    }
    Rewritten.seal(file, passphrase, all);

    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(() -> OpenedBackup.check(file, passphrase, random))
        .withMessageContaining(says);
  }

  @Test
  @DisplayName("No name in a backup leads out of the installation's folders")
  void names() {
    Installation installation =
        new Installation(
            folder.resolve("inkan.yaml"),
            Map.of(),
            folder.resolve("keys"),
            folder.resolve("journal.log"),
            folder.resolve("crl"));

    for (String name :
        List.of("keys/../../etc/passwd", "keys//etc/passwd", "crl/..", "named/x", "../x", "x")) {
      assertThat(installation.placeOf(name)).as(name).isEmpty();
    }
    assertThat(installation.placeOf("keys/a.p12")).contains(folder.resolve("keys/a.p12"));
  }
}
