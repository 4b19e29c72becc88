package dev.inkan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** OCSP over HTTP, beside nginx with a static file, cfssl and openssl. */
final class HttpPart {

  private static final int CONNECTIONS = 16;
  private static final int STATIC_OCTETS = 2048;
  private static final String OURS = "Inkan, ";
  private static final String STATIC = "nginx, static file of 2 KiB, GET";
  private static final String CFSSL = "cfssl ocspserve, signed before, POST";

  private final Report report;
  private final Path folder;
  private final Map<String, Load.Outcome> outcomes = new HashMap<>();
  private double resident;

  HttpPart(Report report, Path folder) {
    this.report = report;
    this.folder = folder;
  }

  /**
   * @param rawNanoseconds CPU time of one bare signature, in this run
   */
  void run(double rawNanoseconds) {
    report.part("OCSP over HTTP: CPU time of the server per request, keep-alive, loopback");
    report.head(
        "what",
        "µs CPU per request [range]",
        "requests per CPU second",
        "requests/s by the clock",
        "p50 ms",
        "p99 ms",
        "failed");
    Load load = new Load(folder, CONNECTIONS);
    nginx(load);
    inkan(load);
    cfssl(load);
    openssl(load);
    judge(rawNanoseconds);
    report.line("");
    report.line(
        "- Inkan's process after all these: **" + Report.number(resident) + "** MiB resident");
  }

  private void measure(String what, Load load, ProcessHandle server, int port, Path requests) {
    report(what, load.run(server, port, requests));
  }

  private void report(String what, Load.Outcome outcome) {
    outcomes.put(what, outcome);
    report.row(
        what,
        Report.median(outcome.cpu(), 1),
        Report.number(1e6 / outcome.cpu().median()),
        Report.number(outcome.rate().median()),
        Report.number(outcome.p50().median()),
        Report.number(outcome.p99().median()),
        outcome.failed() + " of " + outcome.requests());
  }

  private void inkan(Load load) {
    int port = Child.freePort();
    try (Child server =
        Child.start(
            folder.resolve("inkan.log"),
            List.of("-Xmx256m", Logs.QUIET),
            StatusProcess.class,
            folder.toString(),
            Integer.toString(port))) {
      server.awaitPort(port);
      for (String kind : List.of("cached", "fresh")) {
        for (String method : List.of("get", "post")) {
          Path requests = folder.resolve(kind + "." + method);
          requireAnswer(port, requests);
          measure(OURS + kind + ", " + method, load, server.handle(), port, requests);
          requireAnswer(port, requests);
        }
      }
      resident = ProcessCpu.mebibytes(server.pid(), "VmRSS");
    }
  }

  private static void requireAnswer(int port, Path requests) {
    try {
      String first = Files.readAllLines(requests).get(0);
      if (!Question.isAnswered(port, first).orElse(false)) {
        throw new IllegalStateException(requests + " is not answered at " + port);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void nginx(Load load) {
    int port = Child.freePort();
    Path root = folder.resolve("nginx");
    try {
      Files.createDirectories(root.resolve("html"));
      Files.write(root.resolve("html").resolve("static"), new byte[STATIC_OCTETS]);
      Files.writeString(folder.resolve("static.get"), "GET /static\n");
      Files.writeString(
          root.resolve("nginx.conf"),
          """
          daemon off;
          worker_processes 1;
          pid %1$s/nginx.pid;
          error_log %1$s/error.log crit;
          events { worker_connections 1024; }
          http {
            access_log off;
            sendfile on;
            tcp_nopush on;
            keepalive_requests 1000000000;
            client_body_temp_path %1$s/body;
            proxy_temp_path %1$s/proxy;
            fastcgi_temp_path %1$s/fastcgi;
            uwsgi_temp_path %1$s/uwsgi;
            scgi_temp_path %1$s/scgi;
            server {
              listen 127.0.0.1:%2$d;
              root %1$s/html;
              default_type application/octet-stream;
            }
          }
          """
              .formatted(root, port));
      // Its workers are another user's.
      String unused = Child.run(List.of("chmod", "755", folder.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command =
        List.of("/usr/sbin/nginx", "-p", root.toString(), "-c", root + "/nginx.conf");
    try (Child server = Child.start(folder.resolve("nginx.log"), command).awaitPort(port)) {
      measure(STATIC, load, server.handle(), port, folder.resolve("static.get"));
    }
  }

  private void cfssl(Load load) {
    int port = Child.freePort();
    List<String> command =
        List.of(
            "cfssl",
            "ocspserve",
            "-address",
            "127.0.0.1",
            "-port",
            Integer.toString(port),
            "-responses",
            folder.resolve("responses").toString(),
            "-loglevel",
            "3");
    try (Child server = Child.start(folder.resolve("cfssl.log"), command).awaitPort(port)) {
      // It answers 400 to every GET, because it takes the path's first slash for base64.
      Path requests = folder.resolve("cached.root-post");
      requireAnswer(port, requests);
      measure(CFSSL, load, server.handle(), port, requests);
    }
  }

  /**
   * It works in two processes, and is started for each round: connections that ask nothing, such as
   * wrk's first and last, keep a process of its busy for ever. It listens on every address, so it
   * gets a network of its own, which takes root.
   */
  private void openssl(Load load) {
    if (!ProcessHandle.current().info().user().orElse("").equals("root")) {
      report.line("`openssl ocsp` was not measured: only root can give it a network of its own.");
      return;
    }
    int port = Child.freePort();
    Path pem = folder.resolve("responder.pem");
    String unused =
        Child.run(
            List.of(
                "openssl",
                "pkcs12",
                "-in",
                folder.resolve("responder.p12").toString(),
                "-nodes",
                "-passin",
                "pass:bench",
                "-out",
                pem.toString()));
    String serve =
        "ip link set lo up && exec openssl ocsp -index %1$s/index.txt -CA %1$s/issuing.pem"
            + " -rsigner %2$s -port %3$d -nmin 1 -ignore_err -multi 2";
    List<String> command =
        List.of("unshare", "-n", "bash", "-c", serve.formatted(folder, pem, port));
    List<Load.Outcome> rounds = new ArrayList<>();
    for (int round = 0; round < Load.ROUNDS; round++) {
      try (Child server = Child.start(folder.resolve("openssl.log"), command)) {
        List<String> inside = List.of("nsenter", "-t", Long.toString(server.pid()), "-n");
        LockSupport.parkNanos(2_000_000_000L); // nobody outside sees when it listens
        Load one = load.oneRoundWithin(folder, inside);
        rounds.add(one.run(server.handle(), port, folder.resolve("fresh.root-post")));
      }
    }
    report("openssl ocsp, fresh, post, one connection", Load.Outcome.of(rounds));
  }

  private void judge(double rawNanoseconds) {
    double nginx = cpu(STATIC);
    double cfssl = cpu(CFSSL);
    report.atLeast(
        "OCSP over HTTP, cached, GET, in parts of nginx's rate for GET",
        nginx / cpu(OURS + "cached, get"),
        0.7);
    report.atLeast(
        "OCSP over HTTP, cached, POST, in parts of nginx's rate for GET",
        nginx / cpu(OURS + "cached, post"),
        0.7);
    report.atLeast(
        "OCSP over HTTP, cached, GET, in cfssl's rates for POST",
        cfssl / cpu(OURS + "cached, get"),
        4);
    report.atLeast(
        "OCSP over HTTP, cached, POST, in cfssl's rates for POST",
        cfssl / cpu(OURS + "cached, post"),
        4);
    double raw = rawNanoseconds / 1000;
    report.atLeast(
        "OCSP over HTTP, fresh, GET, in parts of bare signing",
        raw / cpu(OURS + "fresh, get"),
        0.4);
    report.atLeast(
        "OCSP over HTTP, fresh, POST, in parts of bare signing",
        raw / cpu(OURS + "fresh, post"),
        0.4);
  }

  private double cpu(String what) {
    Load.Outcome outcome = outcomes.get(what);
    if (outcome == null) {
      throw new IllegalStateException(what + " was not measured");
    }
    return outcome.cpu().median();
  }
}
