package dev.inkan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** The packaged server, on an installation as {@code init} makes it. */
final class StartPart {

  private static final Path JAR = Path.of("ca-server/target/inkan-server.jar").toAbsolutePath();
  private static final Path SCRIPT = Path.of("bin/inkan-server").toAbsolutePath();
  private static final int STARTS = Integer.getInteger("inkan.bench.starts", 5);
  private static final long ARCHIVE_NANOS = 120_000_000_000L;
  private static final long PAUSE_NANOS = 10_000_000;
  private static final long IDLE_NANOS = 10_000_000_000L;

  private final Report report;
  private final Path folder;
  private final Path config;
  private final int port = Child.freePort();
  private final List<Double> wall = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();
  private Map<String, String> environment = Map.of();

  StartPart(Report report, Path folder) {
    this.report = report;
    this.folder = folder.resolve("installation");
    this.config = this.folder.resolve("inkan.yaml");
  }

  void run() {
    install();
    String question = question();
    Path requests = folder.resolve("own.post");
    write(requests, question + "\n");
    List<String> jar = List.of(Child.java(), "-jar", JAR.toString());
    List<String> script = List.of(SCRIPT.toString());
    report.part(
        "The packaged server, from its start to the first OCSP answer, " + STARTS + " starts");
    report.head("how", "s by the clock [range]", "s CPU [range]", "MiB resident 10 s later");
    double unused = starts("`java -jar inkan-server.jar serve`", jar, question);
    environment = Map.of("INKAN_NO_CACHE", "1");
    double unusedWithoutArchive = starts("`bin/inkan-server serve`, no archive", script, question);
    environment = Map.of("CACHE_DIRECTORY", folder.resolve("cache").toString());
    archive(script, question);
    double idle = starts("`bin/inkan-server serve`, from the third start on", script, question);
    report.atMost(
        "`bin/inkan-server`, start to the first answer, s", new Measured(wall).median(), 2.5);
    report.atMost("`bin/inkan-server`, idle, MiB resident", idle, 220);
    loaded(script, question, requests);
  }

  /** Starts it several times; returns how much memory the last one held after a while. */
  private double starts(String how, List<String> command, String question) {
    wall.clear();
    cpu.clear();
    double idle = 0;
    for (int i = 0; i < STARTS; i++) {
      try (Child server = start(command, question)) {
        if (i == STARTS - 1) {
          LockSupport.parkNanos(IDLE_NANOS);
          idle = ProcessCpu.mebibytes(server.pid(), "VmRSS");
        }
      }
    }
    report.row(
        how,
        Report.median(new Measured(wall), 1),
        Report.median(new Measured(cpu), 1),
        Report.number(idle));
    return idle;
  }

  private Child start(List<String> command, String question) {
    long begin = System.nanoTime();
    Child server = Child.start(folder.resolve("serve.log"), with(command, "serve"), environment);
    while (!Question.isAnswered(port, question).orElse(false)) {
      if (!server.isAlive()) {
        throw new IllegalStateException("the server ended: " + folder.resolve("serve.log"));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    wall.add((System.nanoTime() - begin) / 1e9);
    cpu.add(ProcessCpu.seconds(server.handle()));
    return server;
  }

  /** The first start notes what is loaded, the second makes an archive of it meanwhile. */
  private void archive(List<String> command, String question) {
    try (Child unused = start(command, question)) {
      LockSupport.parkNanos(IDLE_NANOS);
    }
    try (Child unused = start(command, question)) {
      long end = System.nanoTime() + ARCHIVE_NANOS;
      while (!isArchived() && System.nanoTime() < end) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    if (!isArchived()) {
      throw new IllegalStateException("no archive in " + folder.resolve("cache"));
    }
  }

  private boolean isArchived() {
    String[] files = folder.resolve("cache").toFile().list((unused, name) -> name.endsWith(".jsa"));
    return files != null && files.length > 0;
  }

  private void loaded(List<String> command, String question, Path requests) {
    try (Child server = start(command, question)) {
      Load.Outcome outcome = new Load(folder, 64).run(server.handle(), port, requests);
      report.line("");
      report.line(
          "Under %,d questions over 64 connections: **%s** MiB resident, %s at most; %s µs CPU each."
              .formatted(
                  outcome.requests(),
                  Report.number(ProcessCpu.mebibytes(server.pid(), "VmRSS")),
                  Report.number(ProcessCpu.mebibytes(server.pid(), "VmHWM")),
                  Report.median(outcome.cpu(), 1)));
    }
  }

  private List<String> with(List<String> start, String name) {
    List<String> command = new ArrayList<>(start);
    command.addAll(List.of(name, "--config", config.toString()));
    return command;
  }

  private void install() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int web = Child.freePort();
    write(
        config,
        """
        web:
          port: %d
          public-url: https://localhost:%d
        status:
          port: %d
          base-url: http://localhost:8080
        admin:
          port: %d
        mail:
          host: 127.0.0.1
          security: none
          from: inkan@mihon-rokin.example
        """
            .formatted(web, web, port, Child.freePort()));
    String unused = Child.run(with(List.of(SCRIPT.toString()), "init"));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** About the certificate of the web listener, which {@code init} issued. */
  private String question() {
    try {
      Path keys = folder.resolve("keys");
      char[] passphrase = Files.readString(keys.resolve("tls.passphrase")).strip().toCharArray();
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(keys.resolve("tls.p12"))) {
        store.load(in, passphrase);
      }
      var chain = store.getCertificateChain(store.aliases().nextElement());
      OCSPReqBuilder builder = new OCSPReqBuilder();
      builder.addRequest(
          new CertificateID(
              new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
              new JcaX509CertificateHolder((X509Certificate) chain[1]),
              ((X509Certificate) chain[0]).getSerialNumber()));
      return "POST /ocsp " + HexFormat.of().formatHex(builder.build().getEncoded());
    } catch (IOException | GeneralSecurityException | OCSPException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
