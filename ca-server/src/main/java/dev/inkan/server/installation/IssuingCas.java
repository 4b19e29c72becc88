package dev.inkan.server.installation;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Retirement;
import dev.inkan.server.authority.Rollover;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.store.IssuingCaReconciliation;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Journal, database and key files, united as to which issuing CAs there are. */
public final class IssuingCas {

  private static final Logger LOG = LoggerFactory.getLogger(IssuingCas.class);

  private final InkanConfig config;
  private final Host host;
  private final ClockPolicy clocks;
  private final Storage storage;
  private final IssuerKeyPlaces places;

  public IssuingCas(InkanConfig config, Host host, ClockPolicy clocks, Storage storage) {
    this.config = config;
    this.host = host;
    this.clocks = clocks;
    this.storage = storage;
    this.places =
        new IssuerKeyPlaces(config, CryptoProviders.fastest(host.random()), host.random());
  }

  /** Where keys live. */
  public IssuerKeyPlaces places() {
    return places;
  }

  /** Opens this node's journal, which is of the installation's first issuing CA. */
  public FileJournal journal() {
    return FileJournal.open(config.journal().file(), host.node(), Fingerprint.of(first()));
  }

  private Der first() {
    Generation first = storage.generations().first();
    return first.certificate().orElseGet(() -> places.open(first).certificate());
  }

  /** Unites journal and database, lets go what has ended, and opens the keys of those that sign. */
  public Authorities open(FileJournal journal) {
    unite(journal);
    new Retirement(storage.authority(), host, clocks).retireEnded().forEach(LOG::warn);
    return Authorities.open(config, host, clocks, storage, places);
  }

  /** The way to the next one. */
  public Rollover rollover(FileJournal journal) {
    unite(journal);
    return new Rollover(
        storage.authority(),
        places,
        journal::issuingCa,
        host,
        places.providers(),
        new Rollover.Setting(
            config.bank().name(),
            AuthorityUris.below(config.status().baseUrl(), CaName.ROOT.value()).withoutOcsp(),
            Duration.ofDays(config.certificate().validityDays()),
            clocks));
  }

  private void unite(FileJournal journal) {
    new IssuingCaReconciliation(storage.authority(), journal, host)
        .reconcile(first())
        .forEach(LOG::warn);
  }
}
