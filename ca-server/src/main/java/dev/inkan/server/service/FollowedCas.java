package dev.inkan.server.service;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.crl.CrlReader;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.RolloverException;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.Crls;
import dev.inkan.server.installation.Signer;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.status.CrlPublisher;
import dev.inkan.server.status.IssuerCertificates;
import dev.inkan.server.status.LedgerHistory;
import dev.inkan.server.status.NodeResponders;
import dev.inkan.server.status.Publication;
import dev.inkan.server.status.PublishedFile;
import dev.inkan.server.status.ResponderKeys;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.IssuingCaRegister;
import dev.inkan.server.store.JdbiCrlStore;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuing CAs as a status node finds them in the ledger: their certificates, the CRLs that
 * others sign, and this node's responders. CAs come and go without a restart. {@link #follow} is
 * for one thread; any number may read.
 */
public final class FollowedCas implements Publication, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedCas.class);

  private final InkanConfig config;
  private final CryptoProviders providers;
  private final IssuingCaRegister register;
  private final JdbiCrlStore crls;
  private final LedgerHistory history;
  private final NodeResponders responders;
  private final Host host;
  private final Der root;
  private final AtomicReference<View> current;

  public FollowedCas(
      InkanConfig config,
      Host host,
      CryptoProviders providers,
      Database database,
      LedgerHistory history,
      NodeResponders responders) {
    this.config = config;
    this.host = host;
    this.providers = providers;
    this.register = new IssuingCaRegister(database);
    this.crls = new JdbiCrlStore(database, host.node());
    this.history = history;
    this.responders = responders;
    this.root = Authorities.certificateIn(config.authority().rootCertificateFile());
    this.current = new AtomicReference<>(view(signing(), Map.of()));
  }

  /**
   * How things stand.
   *
   * @param cas those that sign, the one that issues first
   */
  private record View(
      List<Generation> cas,
      IssuerCertificates certificates,
      CrlFolder published,
      CrlPublisher publisher,
      List<ResponderKeys> responders) {

    private View {
      cas = List.copyOf(cas);
      responders = List.copyOf(responders);
    }
  }

  private View now() {
    return requireNonNull(current.get());
  }

  private List<Generation> signing() {
    List<Generation> signing = register.all().signing(host.clock().instant());
    if (signing.stream().anyMatch(it -> it.certificate().isEmpty())) {
      throw new RolloverException(
          "the ledger does not know its issuing CA yet: start a server that has its key first");
    }
    signing.forEach(this::requireOfOurRoot);
    return signing;
  }

  private void requireOfOurRoot(Generation ca) {
    try {
      X509Certificate certificate = Authorities.parse(ca.certificate().orElseThrow());
      certificate.verify(Authorities.parse(root).getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new RolloverException(
          "the root in "
              + config.authority().rootCertificateFile()
              + " did not sign the certificate of "
              + ca.name()
              + " in the ledger: one of them is another installation's");
    }
  }

  private View view(List<Generation> cas, Map<CaName, ResponderKeys> known) {
    List<IssuerCertificates.Published> published = new ArrayList<>();
    List<ResponderKeys> keys = new ArrayList<>();
    Map<CaName, CrlReader> readers = new HashMap<>();
    List<CaName> names = new ArrayList<>();
    for (Generation ca : cas) {
      Der certificate = ca.certificate().orElseThrow();
      names.add(ca.name());
      keys.add(known.getOrDefault(ca.name(), new ResponderKeys(ca.name())));
      readers.put(ca.name(), Crls.reader(config, providers, ca.name(), certificate));
      published.add(
          new IssuerCertificates.Published(
              ca.name(), certificate, Authorities.parse(certificate).getNotBefore().toInstant()));
    }
    names.add(CaName.ROOT);
    readers.put(CaName.ROOT, Crls.reader(config, providers, CaName.ROOT, root));
    CrlFolder folder = new CrlFolder(config.crl().folder(), readers);
    return new View(
        cas,
        new IssuerCertificates(published, root),
        folder,
        new CrlPublisher(names, List.of(), crls, folder, history),
        keys);
  }

  /** Publishes what there is, and takes up the certificates of this node's key. */
  public void start() {
    publish(now());
    responders.takeUp(issuers(now()), root);
  }

  private void publish(View view) {
    try {
      view.published().open().forEach(LOG::error);
    } catch (IOException e) {
      // What cannot be read is published anew; what cannot be written is told again and again.
      LOG.error("{} cannot be opened: {}", config.crl().folder(), e.getMessage());
    }
    view.publisher().follow();
  }

  private static List<NodeResponders.Issuer> issuers(View view) {
    List<NodeResponders.Issuer> issuers = new ArrayList<>();
    for (int i = 0; i < view.cas().size(); i++) {
      issuers.add(
          new NodeResponders.Issuer(
              view.responders().get(i), view.cas().get(i).certificate().orElseThrow()));
    }
    return issuers;
  }

  /** Looks at the ledger: which CAs sign, and what they certified for this node's key. */
  public void follow() {
    View before = now();
    List<Generation> signing = signing();
    if (!certificates(signing).equals(certificates(before.cas()))) {
      Map<CaName, ResponderKeys> known = new HashMap<>();
      before.responders().forEach(it -> known.put(it.issuer(), it));
      View after = view(signing, known);
      responders.takeUp(issuers(after), root);
      before.publisher().close();
      publish(after);
      current.set(after);
      LOG.info("status: the issuing CAs are now {}", names());
    }
    responders.takeUp(issuers(now()), root);
  }

  private static List<Der> certificates(List<Generation> cas) {
    return cas.stream().map(it -> it.certificate().orElseThrow()).toList();
  }

  /** This node's responder of each issuing CA. */
  public List<ResponderKeys> responders() {
    return now().responders();
  }

  /** The CAs' names, the one that issues first. */
  public List<CaName> names() {
    return now().cas().stream().map(Generation::name).toList();
  }

  /** The CAs that sign, the one that issues first. */
  public List<Signer> signers() {
    return now().cas().stream()
        .map(it -> new Signer(it.name(), it.certificate().orElseThrow()))
        .toList();
  }

  /** The trust anchor. */
  public Der root() {
    return root;
  }

  public CrlFolder published() {
    return now().published();
  }

  @Override
  public Optional<PublishedFile> find(String path) {
    View view = now();
    return view.certificates().find(path).or(() -> view.published().find(path));
  }

  @Override
  public void close() {
    now().publisher().close();
  }
}
