package dev.inkan.e2e;

import dev.inkan.e2e.KillEvidence.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * Those whom a kill cut off ask again: they get a certificate, unless they have one without its
 * file, and then they are told so (B17). Nobody is left hanging.
 */
final class LastLife {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KillHarness.Installation installation;
  private final List<Received> received;
  private int issued;
  private int refused;

  LastLife(KillHarness.Installation installation, List<Received> received) {
    this.installation = installation;
    this.received = received;
  }

  /** Returns what went wrong, in words. The server is killed in the end. */
  List<String> askAgain(List<KillHarness.Visitor> visitors) {
    List<String> faults = new ArrayList<>();
    Set<String> holders = holders();
    try (ServerProcess server = installation.start()) {
      for (KillHarness.Visitor visitor : visitors) {
        try {
          askAgain(visitor, holders.contains(visitor.userId()));
        } catch (RuntimeException | AssertionError e) {
          faults.add("last life: " + visitor.userId() + ": " + e);
        }
      }
      server.kill();
    }
    return faults;
  }

  int issued() {
    return issued;
  }

  int refused() {
    return refused;
  }

  /** By the ledger of the dead server: what it lists as prepared is closed at its next start. */
  private Set<String> holders() {
    Set<String> holders = new HashSet<>();
    installation.ledger().rows().stream()
        .filter(row -> row.state().equals("ISSUED") && !row.revoked())
        .forEach(row -> holders.add(row.userId()));
    return holders;
  }

  private void askAgain(KillHarness.Visitor visitor, boolean holdsOne) {
    FlowClient client = new FlowClient(installation.web(), installation.tls());
    if (holdsOne) {
      FlowClient.Answer answer =
          client.submitted(
              "/issue", Map.of("userId", visitor.userId(), "password", visitor.password()));
      if (!answer.body().contains("電子証明書は発行済みです")) {
        throw new AssertionError("holds a certificate, and is not told: " + answer);
      }
      refused++;
      return;
    }
    client.authenticate(visitor.userId(), visitor.password());
    enterNewestCode(client, visitor);
    client.issue();
    client.awaitResult();
    received.add(Received.open(visitor.userId(), visitor.password(), client.download()));
    issued++;
  }

  /** Codes of the lives before may still arrive, even late: the one that is taken is ours. */
  private void enterNewestCode(FlowClient client, KillHarness.Visitor visitor) {
    Set<String> tried = new HashSet<>();
    Awaitility.await("a code for " + visitor.userId())
        .atMost(PATIENCE)
        .until(
            () ->
                installation.mails().codes(visitor.mail()).stream()
                    .filter(tried::add)
                    .anyMatch(code -> accepts(client, code)));
  }

  private static boolean accepts(FlowClient client, String code) {
    return client.submitted("/issue/code", Map.of("code", code)).path().equals("/issue/confirm");
  }
}
