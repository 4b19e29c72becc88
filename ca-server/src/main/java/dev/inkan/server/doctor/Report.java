package dev.inkan.server.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkan.server.doctor.Finding.Grade;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a doctor found, as it is printed. */
public final class Report {

  private final List<Finding> findings;

  public Report(List<Finding> findings) {
    this.findings = List.copyOf(findings);
  }

  /** Whether anything does not work. */
  public boolean hasFaults() {
    return count(Grade.FAULT) > 0;
  }

  private long count(Grade grade) {
    return findings.stream().filter(it -> it.grade() == grade).count();
  }

  /** Lines for people; faults and warnings with why they matter and what mends them. */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      String grade =
          finding.grade() == Grade.FAULT
              ? "FAULT"
              : finding.grade().name().toLowerCase(Locale.ROOT);
      lines.add(String.format(Locale.ROOT, "%-8s %-13s %s", grade, finding.part(), finding.what()));
      if (finding.grade() != Grade.OK) {
        lines.add(" ".repeat(23) + "why:  " + finding.why());
        lines.add(" ".repeat(23) + "mend: " + finding.mend());
      }
    }
    lines.add("");
    lines.add(
        counted(Grade.FAULT, "fault")
            + ", "
            + counted(Grade.WARNING, "warning")
            + ", "
            + count(Grade.OK)
            + " in order.");
    return lines;
  }

  private String counted(Grade grade, String noun) {
    return count(grade) + " " + noun + (count(grade) == 1 ? "" : "s");
  }

  /** One JSON document. */
  public String json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode document = mapper.createObjectNode();
    document.put("faults", count(Grade.FAULT));
    document.put("warnings", count(Grade.WARNING));
    ArrayNode all = document.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode node = all.addObject();
      node.put("grade", finding.grade().name().toLowerCase(Locale.ROOT));
      node.put("part", finding.part());
      node.put("what", finding.what());
      if (finding.grade() != Grade.OK) {
        node.put("why", finding.why());
        node.put("mend", finding.mend());
      }
    }
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers can be written", e);
    }
  }
}
