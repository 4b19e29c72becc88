package dev.inkan.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Two PostgreSQL servers under Patroni and one etcd, from Debian's packages, as {@code
 * config/postgresql/patroni-1.yaml} and {@code patroni-2.yaml} say, on loopback.
 */
final class PatroniCluster implements AutoCloseable {

  private static final Path SETTINGS = Path.of("../config/postgresql");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final DebianPostgres programs = DebianPostgres.newest();
  private final Path folder = programs.newFolder();
  private final HttpClient http = HttpClient.newHttpClient();
  private final int etcd = ServerProcess.freePort();
  private final List<Member> members = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  private PatroniCluster() {}

  /** One of the two. */
  private record Member(String name, int database, int rest, Process patroni) {

    URI asks(String what) {
      return URI.create("http://127.0.0.1:" + rest + "/" + what);
    }
  }

  /** Starts it and returns once one leads and the other is its synchronous standby. */
  static PatroniCluster start() {
    PatroniCluster cluster = new PatroniCluster();
    try {
      cluster.begin();
      return cluster;
    } catch (RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private void begin() {
    String clients = "http://127.0.0.1:" + etcd;
    String peers = "http://127.0.0.1:" + ServerProcess.freePort();
    processes.add(
        programs.begin(
            folder.resolve("etcd.log"),
            "etcd",
            "--data-dir=" + folder.resolve("etcd"),
            "--listen-client-urls=" + clients,
            "--advertise-client-urls=" + clients,
            "--listen-peer-urls=" + peers,
            "--initial-advertise-peer-urls=" + peers,
            "--initial-cluster=default=" + peers));
    members.add(member("one", "patroni-1.yaml"));
    await("the leader", members.get(0), "leader");
    members.add(member("two", "patroni-2.yaml"));
    await("the synchronous standby", members.get(1), "sync");
  }

  private void await(String what, Member member, String role) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> is(member, role));
  }

  private Member member(String name, String file) {
    int database = ServerProcess.freePort();
    int rest = ServerProcess.freePort();
    try {
      String text =
          Files.readString(SETTINGS.resolve(file))
              .replaceAll("db[12]\\.bank\\.example:5432", "127.0.0.1:" + database)
              .replaceAll("db[12]\\.bank\\.example:8008", "127.0.0.1:" + rest)
              .replace("etcd1.bank.example:2379", "127.0.0.1:" + etcd)
              .replace("/var/lib/postgresql/15/inkan", folder.resolve(name).toString())
              .replace("/usr/lib/postgresql/15/bin", programs.folder().toString())
              .replace("/var/lib/postgresql/inkan.pgpass", folder.resolve(name + ".pgpass") + "")
              .replace("mode: automatic", "mode: off")
              .replace("scram-sha-256", "trust");
      Path config = Files.writeString(folder.resolve(file), text);
      Process patroni = programs.begin(folder.resolve(name + ".log"), "patroni", config.toString());
      processes.add(patroni);
      return new Member(name, database, rest, patroni);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean is(Member member, String role) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(member.asks(role)).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Where servers find the leader. */
  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary"
        .formatted(members.get(0).database(), members.get(1).database(), database);
  }

  /** {@code kill -9} of the first member's Patroni and PostgreSQL: its machine is gone. */
  void killLeader() {
    Member leader = members.get(0);
    if (!is(leader, "leader")) {
      throw new AssertionError(leader.name() + " does not lead");
    }
    List<ProcessHandle> all = new ArrayList<>(List.of(leader.patroni().toHandle()));
    all.addAll(leader.patroni().descendants().toList());
    postmaster(leader).forEach(all::add);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(it -> it.onExit().join());
  }

  /** Patroni starts it as a process of its own. */
  private Stream<ProcessHandle> postmaster(Member member) {
    Path file = folder.resolve(member.name()).resolve("postmaster.pid");
    try {
      if (!Files.exists(file)) {
        return Stream.empty();
      }
      long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
      return ProcessHandle.of(pid).stream()
          .filter(it -> it.info().command().filter(path -> path.endsWith("/postgres")).isPresent())
          .flatMap(it -> Stream.concat(Stream.of(it), it.descendants()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when the other leads. */
  void awaitTakeOver() {
    await("the take-over", members.get(1), "leader");
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>();
    members.forEach(it -> postmaster(it).forEach(all::add));
    processes.forEach(it -> it.descendants().forEach(all::add));
    processes.forEach(it -> all.add(it.toHandle()));
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(it -> it.onExit().join());
    programs.delete(folder);
  }
}
