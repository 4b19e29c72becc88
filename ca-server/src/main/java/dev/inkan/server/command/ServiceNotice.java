package dev.inkan.server.command;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd, where it started this process, that the server answers now: {@code systemctl
 * start} ends then, and whatever is ordered after it begins (sd_notify(3)). The message goes to a
 * datagram socket, which Java cannot open, so systemd's own command sends it.
 */
final class ServiceNotice {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceNotice.class);
  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final int PATIENCE_SECONDS = 10;

  private ServiceNotice() {}

  /** Tells it; does nothing where nobody waits for it. What fails is logged: systemd gives up. */
  static void ready(Map<String, String> environment) {
    if (!environment.containsKey(SOCKET)) {
      return;
    }
    try {
      Process told = new ProcessBuilder("systemd-notify", "--ready").inheritIO().start();
      if (!told.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || told.exitValue() != 0) {
        told.destroyForcibly();
        LOG.warn("systemd could not be told that the server is ready");
      }
    } catch (IOException e) {
      LOG.warn("systemd could not be told that the server is ready ({})", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
