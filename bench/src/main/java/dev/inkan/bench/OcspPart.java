package dev.inkan.bench;

import java.util.Map;

/** OCSP without HTTP. */
final class OcspPart {

  private static final String RAW = "rawSigning";

  private final Report report;

  OcspPart(Report report) {
    this.report = report;
  }

  /** Returns the CPU time of one bare signature, in nanoseconds. */
  double run() {
    report.part("OCSP without HTTP: CPU time from a request's octets to the answer's, one thread");
    Map<String, Jmh.Outcome> outcomes = Jmh.run(OcspBenchmark.class, "-Xmx256m", 4, 7, 1);
    report.head("what", "µs CPU per answer [range]", "answers per CPU second", "× bare signing");
    double raw = nanoseconds(outcomes, RAW);
    row(outcomes, RAW, "bare signature over the same octets (the reference)", raw);
    row(outcomes, "fresh", "Inkan, fresh (with a nonce)", raw);
    row(outcomes, "bouncyCastleBuilder", "Bouncy Castle's builder, fresh, same provider", raw);
    row(outcomes, "cached", "Inkan, signed before", raw);
    report.atLeast(
        "OCSP without HTTP, fresh, in parts of bare signing",
        raw / nanoseconds(outcomes, "fresh"),
        0.85);
    return raw;
  }

  private void row(
      Map<String, Jmh.Outcome> outcomes, String method, String what, double reference) {
    Measured cpu = outcome(outcomes, method).nanoseconds();
    report.row(
        what,
        Report.median(cpu, 1000),
        Report.number(1e9 / cpu.median()),
        Report.number(reference / cpu.median()));
  }

  private static double nanoseconds(Map<String, Jmh.Outcome> outcomes, String method) {
    return outcome(outcomes, method).nanoseconds().median();
  }

  private static Jmh.Outcome outcome(Map<String, Jmh.Outcome> outcomes, String method) {
    Jmh.Outcome outcome = outcomes.get(method);
    if (outcome == null) {
      throw new IllegalStateException(method + " did not run");
    }
    return outcome;
  }
}
