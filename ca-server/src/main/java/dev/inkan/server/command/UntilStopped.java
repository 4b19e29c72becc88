package dev.inkan.server.command;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** Keeps the process alive until SIGINT or SIGTERM, then closes what runs before it ends. */
final class UntilStopped {

  private UntilStopped() {}

  static void serve(Runnable close, PrintWriter out) {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  out.println("Inkan is stopping");
                  out.flush();
                  close.run();
                  out.println("Inkan has stopped");
                  out.flush();
                  stopped.countDown();
                },
                "shutdown"));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
