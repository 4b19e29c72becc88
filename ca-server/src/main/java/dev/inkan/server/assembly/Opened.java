package dev.inkan.server.assembly;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened in order, to be closed in the reverse order. For one thread. */
final class Opened implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

  private final Deque<AutoCloseable> all = new ArrayDeque<>();

  /** Takes {@code resource} into its care. */
  <T extends AutoCloseable> T add(T resource) {
    all.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!all.isEmpty()) {
      AutoCloseable resource = all.pop();
      try {
        resource.close();
      } catch (Exception e) {
        LOG.error("{} did not close: {}", resource.getClass().getSimpleName(), e.getMessage());
      }
    }
  }
}
