package dev.inkan.server;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.http.status.StatusListener;
import dev.inkan.server.status.IssuerCertificates;
import dev.inkan.server.status.OcspDesk;
import dev.inkan.server.status.Publication;
import dev.inkan.server.status.ResponderFile;
import dev.inkan.server.status.ResponderKeys;
import dev.inkan.server.status.ResponderRenewal;
import dev.inkan.server.status.ResponderWatch;
import dev.inkan.server.status.StatusFollower;
import dev.inkan.server.status.StatusIndex;
import dev.inkan.server.store.JdbiStatusFeed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status service as the configuration describes it: index, responder's key, listener. */
final class StatusService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusService.class);

  private final StatusFollower follower;
  private final ResponderRenewal renewal;
  private final ResponderWatch watch;
  private final StatusListener listener;
  private final Deque<Runnable> closings = new ArrayDeque<>();

  /**
   * @param publications what it serves beside OCSP and the CAs' certificates
   */
  StatusService(
      InkanConfig config,
      Host host,
      ClockPolicy clocks,
      Authorities authorities,
      Storage storage,
      List<Publication> publications) {
    InkanConfig.Status status = config.status();
    StatusIndex index = new StatusIndex();
    this.follower =
        new StatusFollower(new JdbiStatusFeed(storage.database()), index, host.clock(), clocks);
    ResponderFile file = authorities.responderFile();
    this.renewal =
        new ResponderRenewal(
            authorities.responderCertificates(),
            config.bank().name(),
            file,
            storage.transactions(this::changed),
            host,
            clocks);
    ResponderKeys keys = new ResponderKeys();
    this.watch =
        new ResponderWatch(
            file, authorities.certificates().get(0), keys, renewal::renew, host.clock());
    OcspDesk desk =
        new OcspDesk(
            index, keys, OcspDesk.Settings.standard(status.nextUpdate(), clocks), host.clock());
    List<Publication> all = new ArrayList<>();
    all.add(
        new IssuerCertificates(
            Authorities.ISSUING_NAME,
            authorities.certificates(),
            authorities.chain().get(0).getNotBefore().toInstant()));
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

  /** Reads the ledger and listens. What was opened is closed by {@link #close} if this throws. */
  void start() {
    closings.push(follower::close);
    follower.start();
    closings.push(watch::close);
    watch.start();
    closings.push(listener::close);
    listener.start();
  }

  /** To be told of every change that a transaction of this server committed. */
  void changed(Set<SerialNumber> serialNumbers) {
    follower.changed(serialNumbers);
  }

  /** Makes the responder's next key because an operator says so. */
  void renewResponder(Actor by) {
    CertifiedKey made = renewal.renew(by);
    LOG.info("responder certificate {} made for {}", made.entry().serialNumber(), by.name());
  }

  /** Makes the responder's next key, whenever it is asked to. */
  ResponderRenewal renewal() {
    return renewal;
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
