package dev.inkan.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs several things side by side and waits for all of them. */
final class Side {

  private Side() {}

  static <T> List<T> bySide(List<Callable<T>> courses) {
    ExecutorService threads = Executors.newFixedThreadPool(courses.size());
    try {
      CyclicBarrier start = new CyclicBarrier(courses.size());
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> course : courses) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return course.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
