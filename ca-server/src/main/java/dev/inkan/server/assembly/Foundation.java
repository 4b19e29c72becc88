package dev.inkan.server.assembly;

import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.IssuingCas;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.metrics.EventCounts;
import dev.inkan.server.metrics.Metrics;
import dev.inkan.server.service.LeftUnderWay;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.store.LedgerReconciliation;
import dev.inkan.server.store.NodeClaim;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every server that has the issuing CAs' keys stands on, whatever it does. */
public record Foundation(Storage storage, FileJournal journal, Authorities authorities) {

  private static final Logger LOG = LoggerFactory.getLogger(Foundation.class);

  /**
   * Opens database, journal and keys, unites what they know, and writes down that a server begins.
   *
   * @param opened closes all of it
   * @param metrics count what is written into the audit trail
   */
  static Foundation open(
      InkanConfig config, Host host, ClockPolicy clocks, Opened opened, Metrics metrics) {
    Storage storage =
        opened
            .add(Storage.open(config, host.clock(), host.random()))
            .auditing(new EventCounts(metrics));
    NodeClaim unusedClaim =
        opened.add(NodeClaim.take(Storage.settings(config), host.node(), NodeClaim.PATIENCE));
    IssuingCas cas = new IssuingCas(config, host, clocks, storage);
    FileJournal journal = opened.add(cas.journal());
    Authorities authorities = cas.open(journal);
    journal.repair().ifPresent(LOG::warn);
    reconcile(storage, journal, host);
    ServerLife unused = opened.add(ServerLife.begin(storage.transactions(), host));
    StandbyWatch unusedWatch = opened.add(StandbyWatch.start(storage));
    Finishing unusedFinishing = opened.add(Finishing.start(authorities.unfinished()));
    LeftUnderWay.release(storage, host.node());
    return new Foundation(storage, journal, authorities);
  }

  /** Puts into the ledger what this node's journal knows and the ledger does not. */
  public static void reconcile(Storage storage, FileJournal journal, Host host) {
    LedgerReconciliation.Report report =
        new LedgerReconciliation(
                storage.database(), storage.transactions(), journal, host.node(), host.clock())
            .reconcile();
    report.lines().forEach(LOG::warn);
  }
}
