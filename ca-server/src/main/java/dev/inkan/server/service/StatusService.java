package dev.inkan.server.service;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.authority.SigningCa;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.status.IssuerCertificates;
import dev.inkan.server.status.Publication;
import dev.inkan.server.status.ResponderKeys;
import dev.inkan.server.status.ResponderRenewal;
import dev.inkan.server.status.ResponderWatch;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status service of a server that has the issuing CAs' keys and makes its responders'. */
public final class StatusService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusService.class);

  private final InkanConfig config;
  private final Host host;
  private final ClockPolicy clocks;
  private final StatusFront front;
  private final List<ResponderKeys> responders = new ArrayList<>();
  private final List<ResponderRenewal> renewals = new ArrayList<>();
  private final List<ResponderWatch> watches = new ArrayList<>();
  private final Deque<Runnable> closings = new ArrayDeque<>();

  /**
   * @param publications what it serves beside OCSP and the CAs' certificates
   */
  public StatusService(
      InkanConfig config,
      Host host,
      ClockPolicy clocks,
      Authorities authorities,
      Storage storage,
      List<Publication> publications,
      StatusFront.Told told) {
    this.config = config;
    this.host = host;
    this.clocks = clocks;
    List<IssuerCertificates.Published> cas = new ArrayList<>();
    for (SigningCa ca : authorities.signing()) {
      cas.add(published(ca));
      answerFor(ca, authorities, storage);
    }
    List<Publication> all = new ArrayList<>();
    all.add(new IssuerCertificates(cas, authorities.root()));
    all.addAll(publications);
    this.front =
        new StatusFront(
            config,
            host,
            clocks,
            storage.reading(),
            new StatusFront.Shown(() -> responders, all),
            told);
  }

  private static IssuerCertificates.Published published(SigningCa ca) {
    Instant since = Authorities.parse(ca.certificate()).getNotBefore().toInstant();
    return new IssuerCertificates.Published(ca.name(), ca.certificate(), since);
  }

  private void answerFor(SigningCa ca, Authorities authorities, Storage storage) {
    ResponderKeys keys = new ResponderKeys(ca.name());
    AuthorityKey key = authorities.places().responder(ca.generation().number());
    ResponderRenewal renewal =
        new ResponderRenewal(
            authorities.responderCertificates(ca),
            config.bank().name(),
            key,
            storage.transactions(this::changed),
            host,
            clocks);
    responders.add(keys);
    renewals.add(renewal);
    watches.add(
        new ResponderWatch(
            key, lockFile(key, ca), ca.certificate(), keys, renewal::renew, host.clock()));
  }

  /** Beside the key, or where servers that share a token may share it. */
  private Path lockFile(AuthorityKey key, SigningCa ca) {
    return config.status().responderKeyFile().file().isPresent()
        ? Path.of(key.place() + ".lock")
        : config.crl().folder().resolve("." + ca.name() + "-responder.lock");
  }

  /** Reads the ledger and listens. What was opened is closed by {@link #close} if this throws. */
  public void start() {
    closings.push(front::close);
    front.follow();
    for (ResponderWatch watch : watches) {
      closings.push(watch::close);
      watch.start();
    }
    front.listen();
  }

  /** To be told of every change that a transaction of this server committed. */
  public void changed(Set<SerialNumber> serialNumbers) {
    front.changed(serialNumbers);
  }

  /** Makes each responder's next key because an operator says so. */
  public void renewResponder(Actor by) {
    for (ResponderRenewal renewal : renewals) {
      CertifiedKey made = renewal.renew(by);
      LOG.info("responder certificate {} made for {}", made.entry().serialNumber(), by.name());
    }
  }

  /** Makes the next key of the responder of the CA that issues, whenever it is asked to. */
  ResponderRenewal renewal() {
    return renewals.get(0);
  }

  /** The responder of the CA of this name. */
  public Optional<OcspResponder> responder(CaName ca) {
    return responders.stream()
        .filter(it -> it.issuer().equals(ca))
        .findFirst()
        .flatMap(ResponderKeys::current);
  }

  /** As gateways are answered. */
  public byte[] answer(byte[] request) {
    return front.answer(request);
  }

  /** When the ledger was read last; {@link Instant#MIN} before the first time. */
  public Instant asOf() {
    return front.asOf();
  }

  /** The port it listens on. */
  public int port() {
    return front.port();
  }

  @Override
  public void close() {
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
  }
}
