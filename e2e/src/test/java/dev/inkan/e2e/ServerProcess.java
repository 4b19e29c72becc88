package dev.inkan.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The server as an operator starts it: a Java process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {

  /** Below the ports that Linux gives outgoing connections. */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 10_000));

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration GOOD_BYE = Duration.ofSeconds(30);

  private final Process process;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final Thread reader;

  private ServerProcess(Process process, Predicate<String> isReady) {
    this.process = process;
    this.reader = new Thread(() -> read(isReady), "server-log-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** The packaged server, as the build leaves it; {@code -Dinkan.jar} names another. */
  static Path jar() {
    Path jar = Path.of(System.getProperty("inkan.jar", "../ca-server/target/inkan-server.jar"));
    if (!Files.isRegularFile(jar)) {
      throw new AssertionError(
          jar.toAbsolutePath().normalize() + " is missing: run mvn package -pl ca-server -am");
    }
    return jar.toAbsolutePath().normalize();
  }

  /** Starts {@code java -jar JAR ARGUMENTS} and waits until a line of its output is ready. */
  static ServerProcess start(Path jar, Predicate<String> isReady, String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(java(jar));
    command.addAll(List.of(arguments));
    return start(command, isReady);
  }

  /** What stands before the arguments of the packaged server. */
  static List<String> java() {
    return java(jar());
  }

  /** Its lives are short here: optimising its code would cost more than running it. */
  static List<String> java(Path jar) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Dfile.encoding=UTF-8",
        "-jar",
        jar.toString());
  }

  static ServerProcess start(List<String> command, Predicate<String> isReady) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var server = new ServerProcess(process, isReady);
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A port that was free a moment ago, on the loopback address: none that outgoing connections
   * take, and none that was given before.
   */
  static int freePort() {
    int port = NEXT_PORT.getAndIncrement();
    while (!isFree(port)) {
      port = NEXT_PORT.getAndIncrement();
    }
    return port;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Every line of both outputs so far. */
  List<String> log() {
    return List.copyOf(log);
  }

  /** The first line that satisfies {@code test}, if one was written. */
  Optional<String> line(Predicate<String> test) {
    return log.stream().filter(test).findFirst();
  }

  /** {@code kill -9}: no shutdown hook runs. Returns when the process is gone. */
  void kill() {
    signal(process.toHandle().destroyForcibly());
    awaitEnd();
  }

  /** SIGTERM; returns the exit status when the process is gone. */
  int terminate() {
    signal(process.toHandle().destroy());
    return awaitEnd();
  }

  /** SIGINT, as Ctrl-C sends it; returns the exit status when the process is gone. */
  int interrupt() {
    Command.run("kill", "-INT", Long.toString(pid())).orFail();
    return awaitEnd();
  }

  /** By its handle: {@link Process#destroy} would close the pipe and lose the last words. */
  private void signal(boolean sent) {
    if (!sent && process.isAlive()) {
      throw new AssertionError("process " + pid() + " took no signal");
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  private void awaitReady() {
    try {
      ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
      throw new AssertionError("the server was not ready:\n" + String.join("\n", log), e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private int awaitEnd() {
    try {
      if (!process.waitFor(GOOD_BYE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("process " + pid() + " did not end:\n" + String.join("\n", log));
      }
      reader.join(GOOD_BYE.toMillis());
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void read(Predicate<String> isReady) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        if (isReady.test(line)) {
          ready.complete(line);
        }
      }
      ready.completeExceptionally(new IllegalStateException("the process ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }
}
