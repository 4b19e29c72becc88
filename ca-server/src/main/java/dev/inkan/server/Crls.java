package dev.inkan.server;

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
import dev.inkan.server.config.CrlConfig;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.status.CrlNumbers;
import dev.inkan.server.status.CrlPublisher;
import dev.inkan.server.status.CrlSigning;
import dev.inkan.server.status.CrlStore;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.store.JdbiCrlStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The CRLs of root and issuing CA, as the configuration describes them. */
final class Crls {

  static final CaName ISSUING = new CaName(Authorities.ISSUING_NAME);

  private static final Logger LOG = LoggerFactory.getLogger(Crls.class);

  private final InkanConfig config;
  private final Host host;
  private final FileJournal journal;
  private final CrlStore store;
  private final CryptoProviders providers;

  Crls(
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

  /**
   * The folder of published CRLs, taken up as it was left.
   *
   * @param chain the issuing CA's certificate first, the root's last
   */
  CrlFolder folder(List<Der> chain) {
    CrlFolder folder =
        new CrlFolder(
            config.crl().folder(),
            Map.of(
                CaName.ROOT,
                reader(chain.get(chain.size() - 1), rootUris()),
                ISSUING,
                reader(chain.get(0), issuingUris())));
    try {
      folder.open().forEach(LOG::error);
    } catch (IOException e) {
      // What cannot be read is published anew; what cannot be written is told again and again.
      LOG.error("{} cannot be opened: {}", config.crl().folder(), e.getMessage());
    }
    return folder;
  }

  /** Unites what database, journal and folder know of numbers, then publishes. */
  CrlPublisher publisher(IssuerKey issuing, CrlFolder folder, ClockPolicy clocks) {
    boolean unusedRoots = unite(CaName.ROOT, folder.number(CaName.ROOT));
    boolean behind = unite(ISSUING, folder.number(ISSUING));
    CrlAuthority authority =
        new CrlAuthority(ISSUING, issuing, issuingUris(), journal, host.clock(), clocks, providers);
    CrlConfig crl = config.crl();
    CrlSigning signing =
        new CrlSigning(
            authority,
            store,
            CrlPolicy.bank(crl.every(), crl.lifetime()),
            crl.delta(),
            crl.folder());
    CrlPublisher publisher =
        new CrlPublisher(List.of(CaName.ROOT, ISSUING), Optional.of(signing), store, folder);
    if (behind) {
      // What gateways have is newer than what this database knows: they get a newer one yet.
      publisher.renewAtStart();
    }
    return publisher;
  }

  /**
   * Signs the root's CRL and keeps it for every server to publish.
   *
   * @param root the root's own key, brought back for the moment
   */
  CrlNumber signRoots(IssuerKey root, ClockPolicy clocks) {
    boolean unused = unite(CaName.ROOT, Optional.empty());
    CrlAuthority authority =
        new CrlAuthority(CaName.ROOT, root, rootUris(), journal, host.clock(), clocks, providers);
    Duration lifetime = config.crl().rootLifetime();
    CrlPolicy policy = CrlPolicy.bank(lifetime.dividedBy(CrlPolicy.OVERLAP), lifetime);
    return new CrlSigning(authority, store, policy, false, config.crl().folder())
        .signNow()
        .orElseThrow(
            () -> new InitialisationException("another server signed the root's CRL just now"));
  }

  private boolean unite(CaName ca, Optional<CrlNumber> published) {
    return CrlNumbers.unite(store, ca, List.of(published, journal.lastCrlNumber(ca)));
  }

  private CrlReader reader(Der certificate, AuthorityUris uris) {
    return new CrlReader(Issuer.of(certificate, uris), providers.forVerification());
  }

  private AuthorityUris rootUris() {
    return AuthorityUris.below(config.status().baseUrl(), CaName.ROOT.value()).withoutOcsp();
  }

  private AuthorityUris issuingUris() {
    return AuthorityUris.below(config.status().baseUrl(), ISSUING.value());
  }
}
