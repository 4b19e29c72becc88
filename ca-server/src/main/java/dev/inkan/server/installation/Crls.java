package dev.inkan.server.installation;

import dev.inkan.core.authority.CrlAuthority;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.crl.CrlReader;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.policy.CrlPolicy;
import dev.inkan.server.authority.SigningCa;
import dev.inkan.server.config.CrlConfig;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.status.CrlComparison;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.status.CrlNumbers;
import dev.inkan.server.status.CrlPublisher;
import dev.inkan.server.status.CrlSigning;
import dev.inkan.server.status.CrlStore;
import dev.inkan.server.status.LedgerHistory;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.store.JdbiCrlStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The CRLs of root and issuing CAs, as the configuration describes them. */
public final class Crls {

  private static final int MOST_DIFFERENCES = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(Crls.class);

  private final InkanConfig config;
  private final Host host;
  private final FileJournal journal;
  private final CrlStore store;
  private final CryptoProviders providers;

  public Crls(
      InkanConfig config,
      Host host,
      Storage storage,
      FileJournal journal,
      CryptoProviders providers) {
    this.config = config;
    this.host = host;
    this.journal = journal;
    this.store = new JdbiCrlStore(storage.database(), host.node());
    this.providers = providers;
  }

  /** The folder of published CRLs, taken up as it was left. */
  public CrlFolder folder(Authorities authorities) {
    Map<CaName, CrlReader> readers = new HashMap<>();
    readers.put(CaName.ROOT, reader(config, providers, CaName.ROOT, authorities.root()));
    for (SigningCa ca : authorities.signing()) {
      readers.put(ca.name(), reader(config, providers, ca.name(), ca.certificate()));
    }
    CrlFolder folder = new CrlFolder(config.crl().folder(), readers);
    try {
      folder.open().forEach(LOG::error);
    } catch (IOException e) {
      // What cannot be read is published anew; what cannot be written is told again and again.
      LOG.error("{} cannot be opened: {}", config.crl().folder(), e.getMessage());
    }
    return folder;
  }

  /** Tells operators how published CRLs and ledger differ. */
  public CrlComparison comparison(CrlFolder folder) {
    return new CrlComparison(folder, store, MOST_DIFFERENCES);
  }

  /** Unites what database, journal and folder know of numbers, then publishes. */
  public CrlPublisher publisher(
      List<SigningCa> cas, CrlFolder folder, LedgerHistory history, ClockPolicy clocks) {
    boolean unusedRoots = unite(CaName.ROOT, folder.number(CaName.ROOT));
    List<CaName> names = new ArrayList<>();
    List<CrlSigning> signings = new ArrayList<>();
    List<CaName> behind = new ArrayList<>();
    for (SigningCa ca : cas) {
      if (unite(ca.name(), folder.number(ca.name()))) {
        behind.add(ca.name());
      }
      names.add(ca.name());
      signings.add(signing(ca, history, clocks));
    }
    names.add(CaName.ROOT);
    CrlPublisher publisher = new CrlPublisher(names, signings, store, folder, history);
    // What gateways have is newer than what this database knows: they get a newer one yet.
    behind.forEach(publisher::renewAtStart);
    return publisher;
  }

  private CrlSigning signing(SigningCa ca, LedgerHistory history, ClockPolicy clocks) {
    CrlAuthority authority =
        new CrlAuthority(ca.name(), ca.key(), ca.uris(), journal, host.clock(), clocks, providers);
    CrlConfig crl = config.crl();
    return new CrlSigning(
        authority,
        store,
        history,
        CrlPolicy.bank(crl.every(), crl.lifetime()),
        crl.delta(),
        crl.folder());
  }

  /**
   * Signs the root's CRL and keeps it for every server to publish.
   *
   * @param root the root's own key, brought back for the moment
   */
  public CrlNumber signRoots(IssuerKey root, ClockPolicy clocks) {
    boolean unused = unite(CaName.ROOT, Optional.empty());
    CrlAuthority authority =
        new CrlAuthority(CaName.ROOT, root, rootUris(), journal, host.clock(), clocks, providers);
    Duration lifetime = config.crl().rootLifetime();
    CrlPolicy policy = CrlPolicy.bank(lifetime.dividedBy(CrlPolicy.OVERLAP), lifetime);
    return new CrlSigning(
            authority, store, new LedgerHistory(), policy, false, config.crl().folder())
        .signNow()
        .orElseThrow(
            () -> new InitialisationException("another server signed the root's CRL just now"));
  }

  private boolean unite(CaName ca, Optional<CrlNumber> published) {
    return CrlNumbers.unite(store, ca, List.of(published, journal.lastCrlNumber(ca)));
  }

  /** Reads the CRLs of the CA with this certificate, and of no other. */
  public static CrlReader reader(
      InkanConfig config, CryptoProviders providers, CaName ca, Der certificate) {
    AuthorityUris below = AuthorityUris.below(config.status().baseUrl(), ca.value());
    AuthorityUris uris = ca.equals(CaName.ROOT) ? below.withoutOcsp() : below;
    return new CrlReader(Issuer.of(certificate, uris), providers.forVerification());
  }

  private AuthorityUris rootUris() {
    return AuthorityUris.below(config.status().baseUrl(), CaName.ROOT.value()).withoutOcsp();
  }
}
