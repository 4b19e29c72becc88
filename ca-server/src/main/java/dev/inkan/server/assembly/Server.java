package dev.inkan.server.assembly;

import dev.inkan.core.authority.Host;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.config.InkanConfig;
import java.nio.file.Path;
import java.util.Optional;

/** A running server: everything opened in order, and closed in the reverse order. */
public final class Server implements AutoCloseable {

  private final Opened opened;
  private final Ports ports;

  private Server(Opened opened, Ports ports) {
    this.opened = opened;
    this.ports = ports;
  }

  /** Starts everything; what was opened is closed again if anything fails. */
  public static Server start(InkanConfig config, Host host) {
    return start(config, host, ClockPolicy.BANK);
  }

  /** As {@link #start(InkanConfig, Host)}, with a clock that may be off the database's. */
  public static Server start(InkanConfig config, Host host, ClockPolicy clocks) {
    return start(config, Optional.empty(), host, clocks);
  }

  /**
   * As {@link #start(InkanConfig, Host, ClockPolicy)}.
   *
   * @param file the configuration file; without it no backups are made
   */
  public static Server start(
      InkanConfig config, Optional<Path> file, Host host, ClockPolicy clocks) {
    Opened opened = new Opened();
    try {
      Ports ports =
          config.roles().isStatusAlone()
              ? new StatusNode(config, host, clocks, opened).start()
              : new AuthorityServer(config, file, host, clocks, opened).start();
      return new Server(opened, ports);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Where it listens. */
  public Ports ports() {
    return ports;
  }

  /** The port of the management listener. */
  public int managementPort() {
    return ports.management();
  }

  /** The port that operators reach. */
  public int adminPort() {
    return ports.admin().orElseThrow();
  }

  /** The port of the status listener. */
  public int statusPort() {
    return ports.status().orElseThrow();
  }

  @Override
  public void close() {
    opened.close();
  }
}
