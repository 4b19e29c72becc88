package dev.inkan.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs the parts that its arguments name, or all, and prints what came out. */
public final class Bench {

  private static final List<String> PARTS = List.of("ocsp", "crl", "http", "start", "database");

  private Bench() {}

  /** Ends with 1 if an aim was missed. */
  public static void main(String[] arguments) {
    List<String> parts = arguments.length == 0 ? PARTS : List.of(arguments);
    if (!PARTS.containsAll(parts)) {
      System.err.println("error: the parts are " + String.join(", ", PARTS));
      System.exit(2);
    }
    Report report = new Report(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    Path folder = CrlScene.folder();
    Machine.describe(report);
    long begin = System.nanoTime();
    double raw = 0;
    if (parts.contains("ocsp") || parts.contains("http")) {
      raw = new OcspPart(report).run();
    }
    if (parts.contains("crl")) {
      new CrlPart(report, folder).run();
    }
    if (parts.contains("http")) {
      new HttpPart(report, folder).run(raw);
    }
    if (parts.contains("start")) {
      new StartPart(report, folder).run();
    }
    if (parts.contains("database")) {
      new DatabasePart(report, folder).run();
    }
    boolean reached = report.aims();
    report.line("");
    report.line(
        "It took %.0f minutes; load at the end: %s."
            .formatted((System.nanoTime() - begin) / 60e9, Machine.load()));
    System.exit(reached ? 0 : 1);
  }
}
