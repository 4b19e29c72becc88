package dev.inkan.server;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.authority.SigningCa;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.http.status.StatusListener;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.metrics.Latency;
import dev.inkan.server.status.IssuerCertificates;
import dev.inkan.server.status.LedgerHistory;
import dev.inkan.server.status.OcspDesk;
import dev.inkan.server.status.Publication;
import dev.inkan.server.status.ResponderKeys;
import dev.inkan.server.status.ResponderRenewal;
import dev.inkan.server.status.ResponderWatch;
import dev.inkan.server.status.StatusFollower;
import dev.inkan.server.status.StatusIndex;
import dev.inkan.server.store.JdbiStatusFeed;
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

/** The status service as the configuration describes it: index, responders' keys, listener. */
final class StatusService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusService.class);

  private final InkanConfig config;
  private final Host host;
  private final ClockPolicy clocks;
  private final StatusFollower follower;
  private final StatusIndex index;
  private final List<ResponderKeys> responders = new ArrayList<>();
  private final OcspDesk desk;
  private final List<ResponderRenewal> renewals = new ArrayList<>();
  private final List<ResponderWatch> watches = new ArrayList<>();
  private final StatusListener listener;
  private final Deque<Runnable> closings = new ArrayDeque<>();

  /**
   * Who is told of its work.
   *
   * @param history how far the ledger has come
   * @param latency how long OCSP answers take
   */
  record Told(LedgerHistory history, Latency latency) {}

  /**
   * @param publications what it serves beside OCSP and the CAs' certificates
   */
  StatusService(
      InkanConfig config,
      Host host,
      ClockPolicy clocks,
      Authorities authorities,
      Storage storage,
      List<Publication> publications,
      Told told) {
    this.config = config;
    this.host = host;
    this.clocks = clocks;
    InkanConfig.Status status = config.status();
    this.index = new StatusIndex();
    this.follower =
        new StatusFollower(
            new JdbiStatusFeed(storage.database()), index, told.history(), host.clock(), clocks);
    List<IssuerCertificates.Published> cas = new ArrayList<>();
    for (SigningCa ca : authorities.signing()) {
      cas.add(published(ca));
      answerFor(ca, authorities, storage);
    }
    this.desk =
        new OcspDesk(
            index,
            responders,
            OcspDesk.Settings.standard(status.nextUpdate(), clocks),
            host.clock(),
            told.latency());
    List<Publication> all = new ArrayList<>();
    all.add(new IssuerCertificates(cas, authorities.root()));
    all.addAll(publications);
    this.listener =
        new StatusListener(
            status.host(),
            status.port(),
            StatusListener.limits(status.maxConnections()),
            desk,
            all,
            host.clock());
  }

  /** Beside the key, or where servers that share a token may share it. */
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

  private Path lockFile(AuthorityKey key, SigningCa ca) {
    return config.status().responderKeyFile().file().isPresent()
        ? Path.of(key.place() + ".lock")
        : config.crl().folder().resolve("." + ca.name() + "-responder.lock");
  }

  /** Reads the ledger and listens. What was opened is closed by {@link #close} if this throws. */
  void start() {
    closings.push(follower::close);
    follower.start();
    for (ResponderWatch watch : watches) {
      closings.push(watch::close);
      watch.start();
    }
    closings.push(listener::close);
    listener.start();
  }

  /** To be told of every change that a transaction of this server committed. */
  void changed(Set<SerialNumber> serialNumbers) {
    follower.changed(serialNumbers);
  }

  /** Makes each responder's next key because an operator says so. */
  void renewResponder(Actor by) {
    for (ResponderRenewal renewal : renewals) {
      CertifiedKey made = renewal.renew(by);
      LOG.info("responder certificate {} made for {}", made.entry().serialNumber(), by.name());
    }
  }

  /** Makes the next key of the responder of the CA that issues, whenever it is asked to. */
  ResponderRenewal renewal() {
    return renewals.get(0);
  }

  /** The responder of the CA that issues. */
  Optional<OcspResponder> responder() {
    return responders.get(0).current();
  }

  /** As gateways are answered. */
  byte[] answer(byte[] request) {
    return desk.answer(request).octets();
  }

  /** When the ledger was read last; {@link Instant#MIN} before the first time. */
  Instant asOf() {
    return index.asOf();
  }

  /** The port it listens on. */
  int port() {
    return listener.port();
  }

  @Override
  public void close() {
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
  }
}
