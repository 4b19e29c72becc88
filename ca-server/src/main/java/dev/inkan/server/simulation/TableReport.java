package dev.inkan.server.simulation;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Days as lines for people; those on which nothing happens are left out. */
final class TableReport {

  /** How many are named; the rest are counted. */
  private static final int NAMED = 5;

  private final BankDays bank;

  TableReport(BankDays bank) {
    this.bank = bank;
  }

  List<String> lines(List<DayReport> days) {
    List<String> lines = new ArrayList<>();
    lines.add("What would happen by itself, if nobody did anything:");
    days.stream().filter(day -> !day.isEmpty()).forEach(day -> add(lines, day));
    add(lines, days, Summary.of(days));
    return lines;
  }

  private void add(List<String> lines, DayReport day) {
    lines.add("");
    lines.add(words(day.day()));
    day.mails()
        .forEach(
            (kind, to) -> lines.add(row("mail " + kind, to.stream().map(this::words).toList())));
    day.events().forEach((event, whom) -> lines.add(row(event.words(), whom)));
  }

  private static String row(String what, List<String> whom) {
    String named = whom.stream().limit(NAMED).collect(Collectors.joining(", "));
    String more = whom.size() > NAMED ? " and " + (whom.size() - NAMED) + " more" : "";
    return String.format(Locale.ROOT, "  %4d  %s: %s%s", whom.size(), what, named, more);
  }

  private String words(DayReport.Recipient recipient) {
    return recipient.userId().isEmpty()
        ? recipient.address()
        : recipient.userId() + " (" + recipient.address() + ")";
  }

  private String words(LocalDate day) {
    String weekday = day.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    return day + " " + weekday + (bank.isClosed(day) ? ", the bank is closed" : "");
  }

  private void add(List<String> lines, List<DayReport> days, Summary summary) {
    LocalDate first = days.get(0).day();
    LocalDate last = days.get(days.size() - 1).day();
    lines.add("");
    lines.add("Summary");
    lines.add(
        "  days          "
            + summary.days()
            + ", "
            + first
            + " to "
            + last
            + ", as they begin in "
            + bank.zone());
    lines.add("  mails         " + summary.total() + byKind(summary.mails()));
    lines.add(
        "  busiest day   "
            + summary
                .busiest()
                .map(day -> words(day) + ": " + summary.busiestMails() + " mails")
                .orElse("none"));
    lines.add("  on weekends and other closed days   " + summary.closedDayMails() + " mails");
  }

  private static String byKind(SortedMap<String, Integer> mails) {
    return mails.isEmpty()
        ? ""
        : mails.entrySet().stream()
            .map(kind -> kind.getKey() + " " + kind.getValue())
            .collect(Collectors.joining(", ", ": ", ""));
  }
}
