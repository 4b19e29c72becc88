package dev.inkan.server.service;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.http.status.StatusListener;
import dev.inkan.server.metrics.Latency;
import dev.inkan.server.status.LedgerHistory;
import dev.inkan.server.status.OcspDesk;
import dev.inkan.server.status.Publication;
import dev.inkan.server.status.ResponderKeys;
import dev.inkan.server.status.StatusFollower;
import dev.inkan.server.status.StatusIndex;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.JdbiStatusFeed;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every server has that tells status, wherever its responders' keys come from: the index that
 * follows the ledger, the OCSP desk, the listener.
 */
public final class StatusFront implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusFront.class);

  private final StatusIndex index = new StatusIndex();
  private final StatusFollower follower;
  private final OcspDesk desk;
  private final StatusListener listener;
  private final Deque<Runnable> closings = new ArrayDeque<>();

  /**
   * Who is told of its work.
   *
   * @param history how far the ledger has come
   * @param latency how long OCSP answers take
   */
  public record Told(LedgerHistory history, Latency latency) {}

  /**
   * What it tells beside the ledger.
   *
   * @param responders of each issuing CA, asked at each question
   * @param publications what it serves beside OCSP
   */
  public record Shown(Supplier<List<ResponderKeys>> responders, List<Publication> publications) {}

  public StatusFront(
      InkanConfig config,
      Host host,
      ClockPolicy clocks,
      Database database,
      Shown shown,
      Told told) {
    InkanConfig.Status status = config.status();
    this.follower =
        new StatusFollower(
            new JdbiStatusFeed(database), index, told.history(), host.clock(), clocks);
    this.desk =
        new OcspDesk(
            index,
            shown.responders(),
            OcspDesk.Settings.standard(status.nextUpdate(), clocks),
            host.clock(),
            told.latency());
    this.listener =
        new StatusListener(
            status.host(),
            status.port(),
            StatusListener.limits(status.maxConnections()),
            desk,
            shown.publications(),
            host.clock());
  }

  /** Reads the ledger, and follows it. What was opened is closed by {@link #close}. */
  public void follow() {
    closings.push(follower::close);
    follower.start();
    LOG.info("status: {} certificates are known", index.size());
  }

  /** Listens. */
  public void listen() {
    closings.push(listener::close);
    listener.start();
  }

  /** To be told of every change that a transaction of this server committed. */
  void changed(Set<SerialNumber> serialNumbers) {
    follower.changed(serialNumbers);
  }

  /** As gateways are answered. */
  public byte[] answer(byte[] request) {
    return desk.answer(request).octets();
  }

  /** When the ledger was read last; {@link Instant#MIN} before the first time. */
  public Instant asOf() {
    return index.asOf();
  }

  /** The port it listens on. */
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
  }
}
