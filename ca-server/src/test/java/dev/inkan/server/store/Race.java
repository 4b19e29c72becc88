package dev.inkan.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Starts many at the same moment and gives back what each got. */
final class Race {

  private Race() {}

  static <T> List<T> of(int runners, Callable<T> course) throws Exception {
    return of(IntStream.range(0, runners).mapToObj(i -> course).toList());
  }

  static <T> List<T> of(List<Callable<T>> courses) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(courses.size());
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> course : courses) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return course.call();
                }));
      }
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
