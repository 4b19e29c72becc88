package dev.inkan.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A full CRL out of the database. */
final class DatabasePart {

  private static final int ROWS = Integer.getInteger("inkan.bench.rows", 1_000_000);

  private final Report report;
  private final Path folder;

  DatabasePart(Report report, Path folder) {
    this.report = report;
    this.folder = folder;
  }

  void run() {
    report.part(
        String.format(
            Locale.ROOT,
            "A full CRL out of a database with %,d revoked certificates, at -Xmx256m",
            ROWS));
    report.head("what", "s CPU, database included [range]", "of it PostgreSQL", "× reading alone");
    engine("H2", "h2");
    engine("PostgreSQL", "postgresql");
  }

  private void engine(String name, String engine) {
    Map<String, List<Double>> all = new HashMap<>();
    Map<String, List<Double>> outside = new HashMap<>();
    List<String> command =
        List.of(
            Child.java(),
            "-Xmx256m",
            Logs.QUIET,
            "-cp",
            System.getProperty("java.class.path"),
            DatabaseProcess.class.getName(),
            engine,
            folder.resolve(engine).toString(),
            Integer.toString(ROWS));
    for (String line : Child.run(command).lines().toList()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals(DatabaseProcess.READ) || words[0].equals(DatabaseProcess.CRL)) {
        add(all, words[0], Double.parseDouble(words[1]));
        add(outside, words[0], Double.parseDouble(words[2]));
      }
    }
    double reading = measured(all, DatabaseProcess.READ).median();
    row(
        name + ", the rows alone by plain JDBC (the reference)",
        all,
        outside,
        DatabaseProcess.READ,
        reading);
    row(
        name + ", Inkan: read, encode, sign, check, keep",
        all,
        outside,
        DatabaseProcess.CRL,
        reading);
  }

  private static void add(Map<String, List<Double>> to, String what, double value) {
    to.computeIfAbsent(what, unused -> new ArrayList<>()).add(value);
  }

  private static Measured measured(Map<String, List<Double>> from, String what) {
    return new Measured(from.getOrDefault(what, List.of()));
  }

  private void row(
      String title,
      Map<String, List<Double>> all,
      Map<String, List<Double>> outside,
      String what,
      double reading) {
    Measured cpu = measured(all, what);
    report.row(
        title,
        Report.median(cpu, 1),
        Report.number(measured(outside, what).median()),
        Report.number(cpu.median() / reading));
  }
}
