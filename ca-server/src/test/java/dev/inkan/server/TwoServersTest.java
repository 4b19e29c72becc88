package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.authority.IssueOutcome;
import dev.inkan.core.authority.SubscriberRequest;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers over one database. */
final class TwoServersTest {

  @Test
  @Tag("A8")
  @DisplayName("A8: 50 issues at once by one user on two servers: one certificate, 49 refusals")
  void oneCertificate(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.start(folder);
        Node one = new Node(server.config(), server.clock(), "one");
        Node other = new Node(server.config(), server.clock(), "other")) {
      Person person = server.newPerson();
      ExecutorService threads = Executors.newFixedThreadPool(50);
      List<Boolean> issued = new ArrayList<>();
      try {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<IssueOutcome>> running = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          Node node = i % 2 == 0 ? one : other;
          running.add(
              threads.submit(
                  () -> {
                    start.await();
                    return issue(node, person);
                  }));
        }
        start.countDown();
        for (Future<IssueOutcome> outcome : running) {
          issued.add(outcome.get().fold(it -> true, refused -> false));
        }
      } finally {
        threads.shutdownNow();
      }

      assertThat(issued).hasSize(50).containsOnlyOnce(true);
      assertThat(server.ledger(person)).containsExactly("ISSUED");
    }
  }

  private static IssueOutcome issue(Node node, Person person) {
    User user =
        node.storage()
            .transactions()
            .inTransaction(stores -> stores.users().find(new UserId(person.userId())))
            .orElseThrow();
    try (Passphrase passphrase = Passphrase.copyOf(person.password().toCharArray())) {
      return node.authority()
          .issue(
              new SubscriberRequest(user.id(), user.organisation().name(), user.userId().value()),
              passphrase,
              (stores, issued) -> {});
    }
  }
}
