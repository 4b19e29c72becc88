package dev.inkan.server.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.key.Credential;
import dev.inkan.core.key.KeyUnavailableException;
import dev.inkan.core.testing.SoftHsm;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("S18")
@DisplayName("What opens a key: files, credentials, prompts, shares, a PIN")
class AuthorityKeysTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final String MINIMAL =
      """
      web:
        public-url: https://ca.mihon-rokin.example
      status:
        base-url: http://status.mihon-rokin.example
      mail:
        host: smtp.mihon-rokin.example
        from: noreply@mihon-rokin.example
      """;

  @TempDir private Path folder;

  private final FakeTerminal terminal = new FakeTerminal();

  /** Types what it was told to, and remembers what it was shown. */
  private static final class FakeTerminal implements Terminal {

    private final Deque<String> typed = new ArrayDeque<>();
    private final List<String> prompts = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();

    @Override
    public Optional<char[]> readSecret(String prompt) {
      prompts.add(prompt);
      return Optional.ofNullable(typed.poll()).map(String::toCharArray);
    }

    @Override
    public boolean show(String text) {
      return shown.add(text);
    }
  }

  private AuthorityKeys keys(String settings, Map<String, String> environment) {
    return keys(settings, environment, terminal);
  }

  private AuthorityKeys keys(
      String settings, Map<String, String> environment, Terminal itsTerminal) {
    try {
      Path file = Files.writeString(folder.resolve("inkan.yaml"), MINIMAL + settings);
      return new AuthorityKeys(
          ConfigFile.loadForInit(file, environment),
          PKI.providers(),
          new SecureRandom(),
          itsTerminal,
          new SharePlan(3, 2));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String issuing(String source) {
    return "authority:\n  issuing-passphrase-file: '" + source + "'\n";
  }

  @Test
  @DisplayName("prompt: typed twice when the key is made, once at each start; never written")
  void prompt() throws Exception {
    AuthorityKey key = keys(issuing("prompt:"), Map.of()).issuing();
    terminal.typed.addAll(List.of("correct horse", "correct horse", "correct horse", "wrong"));

    Credential unused = key.keep(PKI.issuing());

    assertThat(key.open().certificate()).isEqualTo(PKI.issuing().certificate());
    assertThat(terminal.prompts.get(2)).isEqualTo("Enter the passphrase of the key 'issuing': ");
    assertThatThrownBy(key::open).isInstanceOf(KeyUnavailableException.class);
    try (var files = Files.list(folder.resolve("keys"))) {
      assertThat(files).containsExactly(folder.resolve("keys/issuing.p12"));
    }
  }

  @Test
  @DisplayName("prompt: not twice the same, not ASCII, no terminal: refused in a sentence")
  void promptRefused() {
    AuthorityKey key = keys(issuing("prompt:"), Map.of()).issuing();
    terminal.typed.addAll(List.of("one", "two"));
    assertThatThrownBy(() -> key.keep(PKI.issuing()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("was not typed twice the same");
    assertThatThrownBy(key::open).hasMessageContaining("there is no terminal: start this from one");
    assertThat(folder.resolve("keys/issuing.p12")).doesNotExist();
    terminal.typed.add("印鑑");
    assertThatThrownBy(key::open).hasMessageContaining("printable ASCII");

    AuthorityKey real = keys(issuing("prompt:"), Map.of(), Terminal.ofThisProcess()).issuing();
    assertThatThrownBy(real::open).hasMessageContaining("there is no terminal");
  }

  @Test
  @DisplayName("shares: three are shown once, any two of them open the key")
  void shares() {
    AuthorityKey key = keys(issuing("shares:"), Map.of()).issuing();

    Credential unused = key.keep(PKI.issuing());

    assertThat(terminal.shown).hasSize(3);
    List<String> shares =
        terminal.shown.stream().map(it -> it.lines().toList().get(2).strip()).toList();
    assertThat(terminal.shown.get(0)).startsWith("Share 1 of 3 of the passphrase");
    terminal.typed.addAll(List.of(shares.get(2), shares.get(0)));
    assertThat(key.open().chain()).isEqualTo(PKI.issuing().chain());
    assertThat(terminal.prompts)
        .containsExactly(
            "Share 1 of the passphrase of the key 'issuing': ",
            "Share 2 of the passphrase of the key 'issuing': ");
    terminal.typed.addAll(List.of(shares.get(1), shares.get(1)));
    assertThatThrownBy(key::open).hasMessageContaining("share 2 is there twice");
    terminal.typed.add("0000");
    assertThatThrownBy(key::open).hasMessageContaining("16 groups of four");
  }

  @Test
  @DisplayName("credential: what systemd hands over, whatever its mode; told where it hands none")
  void credential() throws Exception {
    Path credentials = Files.createDirectory(folder.resolve("credentials"));
    Path file = Files.writeString(credentials.resolve("issuing.passphrase"), "correct horse\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    Map<String, String> environment = Map.of("CREDENTIALS_DIRECTORY", credentials.toString());
    AuthorityKey key = keys(issuing("credential:issuing.passphrase"), environment).issuing();

    Credential unused = key.keep(PKI.issuing());

    assertThat(key.open().certificate()).isEqualTo(PKI.issuing().certificate());
    assertThatThrownBy(() -> keys(issuing("credential:issuing.passphrase"), Map.of()))
        .hasMessageContaining("needs systemd, which hands this process no credentials")
        .hasMessageContaining("LoadCredential=issuing.passphrase:PATH");
    assertThatThrownBy(() -> keys(issuing("credential:../x"), environment))
        .hasMessageContaining("names no credential");
  }

  @Test
  @Tag("S7")
  @DisplayName("credential: the next CA's must be there first, and its responder's is the first's")
  void nextCredential() throws Exception {
    Path credentials = Files.createDirectory(folder.resolve("credentials"));
    for (String name : List.of("issuing.passphrase", "responder.passphrase")) {
      Files.writeString(credentials.resolve(name), "correct horse of " + name + "\n");
    }
    Map<String, String> environment =
        Map.of(
            "CREDENTIALS_DIRECTORY",
            credentials.toString(),
            "INKAN_STATUS_RESPONDER_PASSPHRASE_FILE",
            "credential:responder.passphrase");
    AuthorityKeys keys = keys(issuing("credential:issuing.passphrase"), environment);
    AuthorityKey next = keys.issuing(2);

    assertThatThrownBy(next::refuseExisting)
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("LoadCredential=issuing-2.passphrase:FILE")
        .hasMessageContaining("Nothing was changed");
    assertThat(credentials.resolve("issuing-2.passphrase")).doesNotExist();

    Path file = Files.writeString(credentials.resolve("issuing-2.passphrase"), "another horse\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    next.refuseExisting();
    Credential unused = next.keep(PKI.issuing());
    assertThat(next.open().certificate()).isEqualTo(PKI.issuing().certificate());
    assertThat(folder.resolve("keys/issuing-2.p12")).exists();

    AuthorityKey responder = keys.responder(2);
    responder.replace(PKI.issuing());
    assertThat(responder.open().certificate()).isEqualTo(PKI.issuing().certificate());
    assertThat(responder.opener()).contains(credentials.resolve("responder.passphrase"));
  }

  @Test
  @DisplayName("A PIN that is typed is asked for once, and not again when the token comes back")
  void typedPin() throws Exception {
    SoftHsm.start();
    String name = folder.getFileName().toString();
    AuthorityKeys keys =
        keys(
            String.join(
                "\n",
                "authority:",
                "  issuing-key-file: pkcs11:object=" + name + ";type=private",
                "token:",
                "  library: " + SoftHsm.LIBRARY,
                "  label: " + SoftHsm.LABEL,
                "  pin-file: 'prompt:'",
                ""),
            Map.of());
    terminal.typed.add(SoftHsm.PIN);
    AuthorityKey issuing = keys.issuing();
    assertThat(issuing.isMissing()).isTrue();

    SoftHsm.without(
        () ->
            assertThatThrownBy(issuing::refuseExisting)
                .isInstanceOf(KeyUnavailableException.class));

    org.awaitility.Awaitility.await()
        .ignoreExceptions()
        .until(
            () -> {
              issuing.refuseExisting();
              return true;
            });
    assertThat(terminal.prompts).containsExactly("Enter the PIN of the token 'inkan': ");
  }
}
