package dev.inkan.server.http.request;

import dev.inkan.server.metrics.Latency;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/**
 * Gives each request a number that stands on every line it writes into the log, and measures how
 * long it takes. For handlers that answer in the thread that calls them; bodies have been read
 * before, so that nobody's slow line counts as ours.
 */
public final class NumberedRequests extends Handler.Wrapper {

  private static final int NUMBER_OCTETS = 4;

  private final SecureRandom random;
  private final Latency latency;

  public NumberedRequests(SecureRandom random, Latency latency) {
    this.random = random;
    this.latency = latency;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    byte[] octets = new byte[NUMBER_OCTETS];
    random.nextBytes(octets);
    long begin = System.nanoTime();
    MDC.put(RequestNumber.KEY, HexFormat.of().formatHex(octets));
    try {
      return super.handle(request, response, callback);
    } finally {
      MDC.remove(RequestNumber.KEY);
      latency.since(begin);
    }
  }
}
