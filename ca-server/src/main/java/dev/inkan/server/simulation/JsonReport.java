package dev.inkan.server.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Days as one JSON document; every day is in it, and everybody by user ID. */
final class JsonReport {

  private final ObjectMapper mapper = new ObjectMapper();
  private final BankDays bank;

  JsonReport(BankDays bank) {
    this.bank = bank;
  }

  List<String> lines(List<DayReport> days) {
    ObjectNode document = mapper.createObjectNode();
    document.put("from", days.get(0).day().toString());
    document.put("to", days.get(days.size() - 1).day().toString());
    document.put("zone", bank.zone().getId());
    ArrayNode all = document.putArray("days");
    days.forEach(day -> add(all.addObject(), day));
    add(document.putObject("summary"), Summary.of(days));
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document).lines().toList();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers can be written", e);
    }
  }

  private static void add(ObjectNode node, DayReport day) {
    node.put("day", day.day().toString());
    node.put("closed", day.closed());
    ObjectNode mails = node.putObject("mails");
    day.mails()
        .forEach(
            (kind, to) -> {
              ArrayNode recipients = mails.putArray(kind);
              to.forEach(
                  it ->
                      recipients
                          .addObject()
                          .put("userId", it.userId())
                          .put("address", it.address()));
            });
    ObjectNode events = node.putObject("events");
    day.events().forEach((event, whom) -> whom.forEach(events.putArray(event.key())::add));
  }

  private static void add(ObjectNode node, Summary summary) {
    node.put("days", summary.days());
    node.put("mails", summary.total());
    ObjectNode kinds = node.putObject("mailsByKind");
    summary.mails().forEach(kinds::put);
    summary.busiest().ifPresent(day -> node.put("busiestDay", day.toString()));
    node.put("busiestDayMails", summary.busiestMails());
    node.put("closedDayMails", summary.closedDayMails());
  }
}
