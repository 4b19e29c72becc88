package dev.inkan.server.doctor;

import dev.inkan.server.authority.AuthorityStores;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.authority.IssuingCaStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far a change from one issuing CA to the next has come, and who has not followed. */
final class RolloverExamination {

  private static final String PART = "issuing-cas";

  /** Within a week every gateway takes the new chain; then nothing keeps it from beginning. */
  private static final Duration LONG = Duration.ofDays(30);

  private final Generations all;
  private final IssuingCaStore store;
  private final Instant now;
  private final List<Finding> findings = new ArrayList<>();

  private RolloverExamination(Generations all, IssuingCaStore store, Instant now) {
    this.all = all;
    this.store = store;
    this.now = now;
  }

  /** What is to be told of the CAs that the database knows. */
  static List<Finding> of(AuthorityStores stores, Instant now) {
    Generations all = stores.issuingCas().all();
    RolloverExamination examination = new RolloverExamination(all, stores.issuingCas(), now);
    all.all().forEach(examination::examine);
    return examination.findings;
  }

  private void examine(Generation ca) {
    switch (all.standing(ca, now)) {
      case AWAITED -> awaited(ca);
      case PREPARED -> prepared(ca);
      case SCHEDULED -> {
        ok(ca, "issues from " + told(ca.issuesFrom()) + " on");
        late(ca, ca.certified(), "do not publish " + ca.name() + " yet");
      }
      case ISSUING -> {
        ok(ca, "issues");
        if (ca.number() > Generation.FIRST) {
          late(ca, ca.issuesFrom(), "still issue by the CA before " + ca.name());
        }
      }
      case FORMER -> former(ca);
      case RETIRED -> ok(ca, "signs nothing any more since " + told(ca.retired()));
    }
  }

  private void awaited(Generation ca) {
    findings.add(
        Finding.warning(
            PART,
            ca.name() + " has waited for its certificate since " + told(ca.requested()),
            "the next issuing CA is not there when the present one ends",
            "run 'inkan-server rollover --request FILE' for the request, take it to the root"
                + " ('inkan-server root-sign'), then 'inkan-server rollover --certificate FILE'"));
  }

  private void prepared(Generation ca) {
    boolean forgotten = ca.certified().filter(it -> it.plus(LONG).isBefore(now)).isPresent();
    if (forgotten) {
      findings.add(
          Finding.warning(
              PART,
              ca.name()
                  + " was certified at "
                  + told(ca.certified())
                  + ", and nobody has had it issue",
              "the CA before goes on issuing, and its end comes nearer",
              "see that every gateway has the new chain.pem, then run 'inkan-server rollover"
                  + " --activate' and start every server again"));
    } else {
      ok(ca, "is certified, and does not issue yet");
    }
    late(ca, ca.certified(), "do not publish " + ca.name() + " yet");
  }

  private void former(Generation ca) {
    Optional<Instant> last = store.lastEnd(ca.name());
    ok(
        ca,
        "signs CRLs and OCSP answers for what it issued"
            + last.map(it -> "; the last of it ends at " + it).orElse(""));
  }

  /** Servers that were started before something that they take up at their start. */
  private void late(Generation ca, Optional<Instant> since, String what) {
    List<String> servers = since.map(store::startedBefore).orElse(List.of());
    if (!servers.isEmpty()) {
      findings.add(
          Finding.warning(
              PART,
              "these servers have run since before "
                  + told(since)
                  + ", and "
                  + what
                  + ": "
                  + String.join(", ", servers),
              ca.name() + " is taken up at a server's start",
              "start them again, one after the other"));
    }
  }

  private void ok(Generation ca, String what) {
    findings.add(Finding.ok(PART, ca.name() + " " + what));
  }

  private static String told(Optional<Instant> at) {
    return at.map(Instant::toString).orElse("");
  }
}
