package dev.inkan.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A CRL of a million entries. */
final class CrlPart {

  private static final String BARE = "barePass";
  private static final double MIB = 1024 * 1024;

  private final Report report;
  private final Path folder;

  CrlPart(Report report, Path folder) {
    this.report = report;
    this.folder = folder;
  }

  void run() {
    report.part(
        String.format(
            Locale.ROOT, "A CRL of %,d entries with a reason each, P-384", CrlScene.ENTRIES));
    Map<String, Jmh.Outcome> outcomes = Jmh.run(CrlBenchmark.class, "-Xmx128m", 4, 5, 4);
    report.head("what", "ms CPU [range]", "× bare pass", "heap it held, MiB", "heap allowed, MiB");
    double bare = outcome(outcomes, BARE).nanoseconds().median();
    row(outcomes, BARE, "the same octets read, hashed, signed, written (the reference)", bare, 128);
    row(outcomes, "encodeAndSign", "Inkan, encode, sign, write", bare, 128);
    row(outcomes, "signEncoded", "— of it without encoding", bare, 128);
    row(outcomes, "readBack", "Inkan, read back and verify by Bouncy Castle", bare, 128);
    Map<String, Jmh.Outcome> builder = Jmh.run(CrlBuilderBenchmark.class, "-Xmx3g", 2, 3, 1);
    row(builder, "bouncyCastleBuilder", "Bouncy Castle's builder", bare, 3072);
    double openssl = openssl();
    report.row(
        "`openssl ca -gencrl`, once",
        Report.number(openssl * 1000),
        Report.number(openssl * 1e9 / bare),
        "",
        "");
    Jmh.Outcome ours = outcome(outcomes, "encodeAndSign");
    report.atMost(
        "CRL of a million, encode and sign, in bare passes, at -Xmx128m",
        ours.nanoseconds().median() / bare,
        3);
    report.atMost("CRL of a million, heap it held at most, MiB", ours.heap().most() / MIB, 32);
  }

  private void row(
      Map<String, Jmh.Outcome> outcomes, String method, String what, double bare, int heap) {
    Jmh.Outcome outcome = outcome(outcomes, method);
    report.row(
        what,
        Report.median(outcome.nanoseconds(), 1e6),
        Report.number(outcome.nanoseconds().median() / bare),
        Report.number(outcome.heap().most() / MIB),
        Integer.toString(heap));
  }

  /** CPU seconds of one CRL over as many revoked certificates. */
  private double openssl() {
    try {
      Path ca = Files.createDirectories(folder.resolve("openssl"));
      try (PrintWriter index = new PrintWriter(ca.resolve("index.txt").toFile(), "US-ASCII")) {
        CrlScene scene = new CrlScene();
        for (int i = 0; i < CrlScene.ENTRIES; i++) {
          String serial = scene.next().serialNumber().toString().toUpperCase(Locale.ROOT);
          index.print("R\t361231235959Z\t261101000000Z,keyCompromise\t" + serial);
          index.print("\tunknown\t/CN=bench " + i + "\n");
        }
      }
      Files.writeString(ca.resolve("index.txt.attr"), "unique_subject = no\n");
      Files.writeString(ca.resolve("crlnumber"), "01\n");
      Files.writeString(
          ca.resolve("ca.cnf"),
          """
          [ca]
          default_ca = bench
          [bench]
          database = %1$s/index.txt
          crlnumber = %1$s/crlnumber
          default_md = sha384
          default_crl_days = 3
          crl_extensions = extensions
          [extensions]
          authorityKeyIdentifier = keyid:always
          """
              .formatted(ca));
      String script =
          """
          set -e
          cd %s
          openssl ecparam -name secp384r1 -genkey -noout -out key.pem
          openssl req -x509 -new -key key.pem -subj /CN=bench -days 30 -out ca.pem 2>/dev/null
          TIMEFORMAT='SPENT %%U %%S'
          time openssl ca -gencrl -config ca.cnf -keyfile key.pem -cert ca.pem -out crl.pem 2>/dev/null
          """
              .formatted(ca);
      String line =
          Child.run(List.of("bash", "-c", script))
              .lines()
              .filter(it -> it.startsWith("SPENT "))
              .findFirst()
              .orElseThrow();
      String[] seconds = line.split(" ", -1);
      return Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Jmh.Outcome outcome(Map<String, Jmh.Outcome> outcomes, String method) {
    Jmh.Outcome outcome = outcomes.get(method);
    if (outcome == null) {
      throw new IllegalStateException(method + " did not run");
    }
    return outcome;
  }
}
