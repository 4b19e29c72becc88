package dev.inkan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Drives a server on the loopback address by wrk, and sees what that costs the server. */
final class Load {

  private static final int WARM_UP_SECONDS = Integer.getInteger("inkan.bench.warm-up", 6);
  private static final int SECONDS = Integer.getInteger("inkan.bench.seconds", 5);
  static final int ROUNDS = 3;

  /** On a busy machine a compiler needs longer; what is slow anyway is not waited for. */
  private static final int WARM_UP_REQUESTS = 300_000;

  private static final int WARM_UPS = 4;

  private final Path script;
  private final List<String> launcher;
  private final int connections;

  Load(Path folder, int connections) {
    this(folder, List.of(), connections);
  }

  private Load(Path folder, List<String> launcher, int connections) {
    this.script = folder.resolve("requests.lua");
    this.launcher = launcher;
    this.connections = connections;
    try (InputStream in = Objects.requireNonNull(Load.class.getResourceAsStream("requests.lua"))) {
      Files.write(script, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same over one connection, wrk being started by another command; one round without warm-up.
   */
  Load oneRoundWithin(Path folder, List<String> command) {
    return new Load(folder, command, 1);
  }

  /**
   * What one kind of request came to.
   *
   * @param cpu of the server, microseconds per request
   * @param rate requests per second by the clock, which other work on the machine lowers
   * @param p50 milliseconds, as the client saw it
   * @param p99 milliseconds
   * @param failed answers other than 200 and broken connections, of {@code requests}
   */
  record Outcome(
      Measured cpu, Measured rate, Measured p50, Measured p99, long failed, long requests) {

    /** Several rounds as one. */
    static Outcome of(List<Outcome> rounds) {
      return new Outcome(
          Measured.of(rounds.stream().map(Outcome::cpu).toList()),
          Measured.of(rounds.stream().map(Outcome::rate).toList()),
          Measured.of(rounds.stream().map(Outcome::p50).toList()),
          Measured.of(rounds.stream().map(Outcome::p99).toList()),
          rounds.stream().mapToLong(Outcome::failed).sum(),
          rounds.stream().mapToLong(Outcome::requests).sum());
    }
  }

  /** Warms up, then measures. */
  Outcome run(ProcessHandle server, int port, Path requests) {
    List<Double> cpu = new ArrayList<>();
    List<Double> rate = new ArrayList<>();
    List<Double> p50 = new ArrayList<>();
    List<Double> p99 = new ArrayList<>();
    long failed = 0;
    long all = 0;
    warmUp(port, requests);
    for (int round = 0; round < (connections > 1 ? ROUNDS : 1); round++) {
      double before = ProcessCpu.seconds(server);
      long[] told = wrk(port, requests, SECONDS);
      cpu.add((ProcessCpu.seconds(server) - before) * 1e6 / told[0]);
      rate.add(told[0] * 1e6 / told[1]);
      p50.add(told[3] / 1000.0);
      p99.add(told[4] / 1000.0);
      failed += told[2];
      all += told[0];
    }
    return new Outcome(
        new Measured(cpu), new Measured(rate), new Measured(p50), new Measured(p99), failed, all);
  }

  private void warmUp(int port, Path requests) {
    long seen = 0;
    for (int i = 0; i < WARM_UPS && seen < WARM_UP_REQUESTS && connections > 1; i++) {
      seen += wrk(port, requests, WARM_UP_SECONDS)[0];
    }
  }

  /** Requests, microseconds, failures, and the latencies' 50th and 99th percentile. */
  private long[] wrk(int port, Path requests, int seconds) {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(
        List.of(
            "wrk",
            "-t1",
            "-c" + connections,
            "-d" + seconds + "s",
            "-s" + script,
            "http://127.0.0.1:" + port,
            "--",
            requests.toString()));
    String output = Child.run(command);
    String result =
        output
            .lines()
            .filter(it -> it.startsWith("RESULT "))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(output));
    String[] fields = result.split(" ", -1);
    long[] told = new long[5];
    for (int i = 0; i < told.length; i++) {
      told[i] = Long.parseLong(fields[i + 1]);
    }
    return told;
  }
}
