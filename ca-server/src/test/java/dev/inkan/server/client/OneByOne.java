package dev.inkan.server.client;

import dev.inkan.core.certificate.SerialNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A program that is run once for each certificate, two at a time. */
abstract class OneByOne implements StatusClient {

  private static final int THREADS = 2;

  private final Traits traits;

  OneByOne(Traits traits) {
    this.traits = traits;
  }

  @Override
  public final Traits traits() {
    return traits;
  }

  @Override
  public final String toString() {
    return traits.source() + " " + traits.name();
  }

  /** Done once before the first. */
  void prepare(Site site) {}

  abstract Verdict ask(Site site, Leaf leaf);

  @Override
  public final Map<SerialNumber, Verdict> ask(Site site, List<Leaf> leaves) {
    prepare(site);
    Map<SerialNumber, Verdict> said = new ConcurrentHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Leaf leaf : leaves) {
        running.add(threads.submit(() -> said.put(leaf.serialNumber(), ask(site, leaf))));
      }
      for (Future<?> one : running) {
        one.get();
      }
      return said;
    } catch (ExecutionException e) {
      throw new AssertionError(traits.name(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Its last lines, in one, as a verdict that agrees with none. */
  static Verdict unclear(String output) {
    String text = output.strip().replaceAll("\\s+", " ");
    return new Verdict(text.substring(Math.max(0, text.length() - 300)));
  }
}
