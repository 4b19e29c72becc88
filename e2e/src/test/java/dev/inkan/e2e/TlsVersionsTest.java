package dev.inkan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.e2e.Command.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS as an independent client sees the real server. */
@Tag("S16")
class TlsVersionsTest {

  @TempDir Path folder;

  @Test
  @DisplayName("TLS 1.2 and 1.3 with forward secrecy, nothing older")
  void versions() {
    try (Installation installation =
            Installation.make(folder, "authority: {subscriber-key: p-256, key-pool-size: 0}");
        ServerProcess server = installation.serve()) {
      Path root = Installation.writePem(folder.resolve("root.pem"), installation.root());
      String peer = "localhost:" + installation.uri().getPort();
      assertThat(server.isAlive()).isTrue();
      assertThat(client(peer, root, "-tls1_3").orFail().output())
          .contains("Verify return code: 0 (ok)")
          .contains("New, TLSv1.3");
      assertThat(client(peer, root, "-tls1_2").orFail().output())
          .contains("Verify return code: 0 (ok)")
          .contains("Cipher is ECDHE-");
      for (String old : new String[] {"-tls1_1", "-tls1"}) {
        assertThat(client(peer, root, old).exit()).as(old).isNotZero();
        assertThat(client(peer, root, old).output()).as(old).contains("alert protocol version");
      }
      assertThat(client(peer, root, "-tls1_2", "-cipher", "AES128-SHA:AES256-GCM-SHA384").exit())
          .as("without forward secrecy")
          .isNotZero();
    }
  }

  private static Outcome client(String peer, Path root, String version, String... more) {
    String[] line = {
      "openssl",
      "s_client",
      "-connect",
      peer,
      "-servername",
      "localhost",
      "-CAfile",
      root.toString(),
      "-verify_return_error",
      version,
      "-cipher",
      "ALL:@SECLEVEL=0"
    };
    String[] whole = Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, whole, line.length, more.length);
    return Command.run(whole);
  }
}
