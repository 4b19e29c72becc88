package dev.inkan.server.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Day by day, what would happen by itself if nobody did anything: nobody logs in, renews or is
 * registered. For one thread.
 */
public final class Forecast {

  private final SimulatedClock clock;
  private final Simulation simulation;
  private final RecordingTransport transport;
  private final Records records;
  private final Diary diary;

  /**
   * @param transport the one to which the simulation's jobs hand mails over
   * @param records of the database on which they work
   * @param diary what ends in that database
   */
  public Forecast(
      SimulatedClock clock,
      Simulation simulation,
      RecordingTransport transport,
      Records records,
      Diary diary) {
    this.clock = clock;
    this.simulation = simulation;
    this.transport = transport;
    this.records = records;
    this.diary = diary;
  }

  /**
   * Lives through the days from the clock's until {@code last}, that one included.
   *
   * @param ended is told of each day when it is over
   * @throws SimulationFailedException if a job fails
   */
  public void run(LocalDate last, Consumer<DayReport> ended) {
    simulation.runJobs();
    BankDays days = diary.days();
    LocalDate today = LocalDate.ofInstant(clock.instant(), days.zone());
    while (!today.isAfter(last)) {
      LocalDate tomorrow = today.plusDays(1);
      Instant night = tomorrow.atStartOfDay(days.zone()).toInstant().minusNanos(1);
      simulation.passTo(night);
      ended.accept(new DayReport(today, days.isClosed(today), mails(), diary.on(today)));
      today = tomorrow;
    }
  }

  private SortedMap<String, List<DayReport.Recipient>> mails() {
    SortedMap<String, List<DayReport.Recipient>> mails = new TreeMap<>();
    for (RecordingTransport.Taken mail : transport.drain()) {
      mails
          .computeIfAbsent(mail.kind(), it -> new ArrayList<>())
          .add(
              new DayReport.Recipient(
                  records.readerOf(mail.number()).orElse(""), mail.to().masked()));
    }
    return mails;
  }
}
