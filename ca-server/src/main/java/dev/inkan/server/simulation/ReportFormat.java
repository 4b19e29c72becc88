package dev.inkan.server.simulation;

import java.util.List;

/** How days are printed. */
public enum ReportFormat {
  /** Lines for people. */
  TABLE {
    @Override
    public List<String> lines(BankDays bank, List<DayReport> days) {
      return new TableReport(bank).lines(days);
    }
  },
  /** One JSON document. */
  JSON {
    @Override
    public List<String> lines(BankDays bank, List<DayReport> days) {
      return new JsonReport(bank).lines(days);
    }
  };

  /** The days, as printed. They are not empty. */
  public abstract List<String> lines(BankDays bank, List<DayReport> days);
}
