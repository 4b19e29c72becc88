package dev.inkan.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints a table as it fills, and keeps what is compared later. */
final class Report {

  private final PrintStream out;
  private final List<String[]> aims = new ArrayList<>();
  private boolean missed;

  Report(PrintStream out) {
    this.out = out;
  }

  void part(String title) {
    out.printf("%n### %s%n%n", title);
    out.flush();
  }

  /** Starts a table; the first column is text, the others are numbers. */
  void head(String... columns) {
    row(columns);
    String[] rule = new String[columns.length];
    java.util.Arrays.fill(rule, "--:");
    rule[0] = "---";
    row(rule);
  }

  void row(String... cells) {
    out.println("| " + String.join(" | ", cells) + " |");
    out.flush();
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  /** A ratio that should be at least this. */
  void atLeast(String what, double ratio, double aim) {
    judge(what, ratio, "≥ " + number(aim), ratio >= aim);
  }

  /** A figure that should be at most this. */
  void atMost(String what, double figure, double aim) {
    judge(what, figure, "≤ " + number(aim), figure <= aim);
  }

  private void judge(String what, double figure, String aim, boolean reached) {
    aims.add(new String[] {what, number(figure), aim, reached ? "reached" : "**missed**"});
    missed |= !reached;
  }

  /** A table of everything that was judged; says whether all was reached. */
  boolean aims() {
    part("Aims");
    head("what", "figure", "aim", "");
    aims.forEach(this::row);
    return !missed;
  }

  /** Three digits that count. */
  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** Median and range, divided by {@code unit}. */
  static String median(Measured measured, double unit) {
    return "%s [%s–%s]"
        .formatted(
            number(measured.median() / unit),
            number(measured.least() / unit),
            number(measured.most() / unit));
  }
}
