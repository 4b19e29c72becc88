package dev.inkan.core.key;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Subscriber keys made ahead, so that nobody waits for prime numbers. They live in memory alone and
 * die with the process. Safe for use by several threads.
 */
public final class KeyPool implements AutoCloseable {

  private final KeyAlgorithm algorithm;
  private final KeyPairFactory factory;
  private final Consumer<RuntimeException> onFailure;
  private final Queue<SubscriberKey> ready = new ConcurrentLinkedQueue<>();
  private final Semaphore vacancies;
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread filler;

  /**
   * Starts to fill at once, in the background.
   *
   * @param size how many keys are kept ready; with 0 each is made when it is asked for
   * @param onFailure is told when a key could not be made ahead, for the log; the next {@link
   *     #take} makes the pool try again
   */
  public KeyPool(
      KeyAlgorithm algorithm,
      int size,
      KeyPairFactory factory,
      Consumer<RuntimeException> onFailure) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative: " + size);
    }
    this.algorithm = algorithm;
    this.factory = factory;
    this.onFailure = onFailure;
    this.vacancies = new Semaphore(size);
    this.filler = new Thread(this::fill, "inkan-key-pool");
    filler.setDaemon(true);
    filler.start();
  }

  /** A key nobody else has: from the pool, or made on the spot when the pool is empty. */
  public SubscriberKey take() {
    if (closed.get()) {
      throw new IllegalStateException("key pool is closed");
    }
    vacancies.release(failed.getAndSet(0));
    SubscriberKey key = ready.poll();
    if (key == null) {
      return factory.subscriberKey(algorithm);
    }
    vacancies.release();
    return key;
  }

  /** How many keys are ready, for health reports. */
  public int available() {
    return ready.size();
  }

  public KeyAlgorithm algorithm() {
    return algorithm;
  }

  /** Ends the filling and drops every key. */
  @Override
  public void close() {
    closed.set(true);
    filler.interrupt();
    drain();
  }

  private void fill() {
    try {
      while (!closed.get()) {
        vacancies.acquire();
        makeOne();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
    drain(); // what was being made while the pool was closed
  }

  private void makeOne() {
    try {
      ready.add(factory.subscriberKey(algorithm));
    } catch (RuntimeException e) {
      failed.incrementAndGet();
      onFailure.accept(e);
    }
  }

  private void drain() {
    for (SubscriberKey key = ready.poll(); key != null; key = ready.poll()) {
      key.close();
    }
  }
}
