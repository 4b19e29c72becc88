package dev.inkan.server.authority;

import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets an issuing CA go once nothing that it issued is valid any more. */
public final class Retirement {

  /** Its last CRL lists what ended last (RFC 5280, section 3.3), and gateways' clocks differ. */
  private static final Duration AFTER_THE_LAST = Duration.ofDays(7);

  private final Transactions<AuthorityStores> transactions;
  private final Host host;
  private final ClockPolicy clocks;
  private final RolloverTrail trail;

  public Retirement(Transactions<AuthorityStores> transactions, Host host, ClockPolicy clocks) {
    this.transactions = transactions;
    this.host = host;
    this.clocks = clocks;
    this.trail = new RolloverTrail(host);
  }

  /**
   * Looks at those that issued before the present one. Under a clock that is off the database's
   * nobody is let go.
   *
   * @return a sentence on each that signs nothing from now on
   */
  public List<String> retireEnded() {
    return transactions.inTransaction(this::retireEnded);
  }

  private List<String> retireEnded(AuthorityStores stores) {
    Instant now = host.clock().instant();
    if (clocks.isSuspicious(now, stores.databaseTime())) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    for (Generation former : stores.issuingCas().lock().former(now)) {
      Optional<Instant> lastEnd = stores.issuingCas().lastEnd(former.name());
      if (lastEnd.filter(end -> end.plus(AFTER_THE_LAST).isAfter(now)).isEmpty()) {
        stores.issuingCas().retire(former.name(), now);
        trail.write(
            stores,
            AuditAction.AUTHORITY_RETIRED,
            former,
            lastEnd.map(end -> "its last certificate ended " + end).orElse("it issued none"));
        lines.add(
            "issuing CA "
                + former.name()
                + " signs nothing any more: what it issued has ended. Its key can be destroyed");
      }
    }
    return lines;
  }
}
