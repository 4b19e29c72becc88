package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClockOffTest {

  @Test
  @Tag("S11")
  @DisplayName(
      "The clock is 10 minutes off the database's: nothing is signed, and it is said everywhere")
  void nothingIsSigned(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.startOff(folder, Duration.ofMinutes(10))) {
      var ready = ManagementTest.get(server, "/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("nothing is signed until that is put right");
      assertThat(ready.body()).contains("\"part\":\"status\",\"status\":\"down\"");
      Visitor visitor = server.newVisitor().confirmed();
      visitor.issue();
      Reply result = visitor.awaitResult();
      assertThat(result.status()).isEqualTo(403);
      assertThat(server.ledger(visitor.person())).isEmpty();
      assertThat(server.query("SELECT COUNT(*) FROM crl WHERE ca = 'issuing'"))
          .containsExactly("0");
      assertThat(server.query("SELECT COUNT(*) FROM audit_checkpoint")).containsExactly("0");

      server.clock().advance(Duration.ofMinutes(-10));

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> ManagementTest.get(server, "/health/ready").statusCode() == 200);
      assertThat(server.query("SELECT COUNT(*) FROM crl WHERE ca = 'issuing'"))
          .isNotEqualTo(java.util.List.of("0"));
    }
  }
}
