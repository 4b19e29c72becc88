package dev.inkan.server.simulation;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;

/**
 * What would happen on one day.
 *
 * @param closed whether the bank works on it
 * @param mails by kind, to whom
 * @param events beside the mails, by what they are, and whom each is about
 */
public record DayReport(
    LocalDate day,
    boolean closed,
    SortedMap<String, List<Recipient>> mails,
    SortedMap<Event, List<String>> events) {

  /**
   * Who would get a mail.
   *
   * @param userId empty where the reader is no user yet
   * @param address masked
   */
  public record Recipient(String userId, String address) {}

  int mailCount() {
    return mails.values().stream().mapToInt(List::size).sum();
  }

  boolean isEmpty() {
    return mails.isEmpty() && events.isEmpty();
  }
}
