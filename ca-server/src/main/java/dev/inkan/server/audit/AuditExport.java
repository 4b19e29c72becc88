package dev.inkan.server.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.inkan.core.audit.AuditChain;
import dev.inkan.core.audit.AuditCheckpoint;
import dev.inkan.core.audit.AuditEntry;
import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.audit.ChainHash;
import dev.inkan.core.certificate.Pem;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;

/**
 * The whole audit trail as lines of JSON, which {@code docs/audit.md} describes: a header, every
 * record and after it the checkpoint that names it, and an end. It is read and written a page at a
 * time, whatever its size. Safe for use by several threads.
 */
public final class AuditExport {

  /** The form of the lines; a later one has another name. */
  public static final String FORMAT = "inkan-audit-export-1";

  private static final int PAGE = 1000;

  private final AuditStore store;
  private final JsonFactory json = new JsonFactory();
  private final Clock clock;

  public AuditExport(AuditStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** As {@link #writeTo(OutputStream, long)}, from the first record on. */
  public void writeTo(OutputStream out) throws IOException {
    writeTo(out, 1);
  }

  /**
   * Writes everything from record {@code first} on that there was when it began. Leaves {@code out}
   * open.
   *
   * @throws IOException if {@code out} refuses
   */
  public void writeTo(OutputStream out, long first) throws IOException {
    AuditStore.Extent extent = store.extent();
    // What a forger may have put before the first record is to be seen as well.
    long before = first <= 1 ? Long.MIN_VALUE : first - 1;
    try (JsonGenerator lines = json.createGenerator(out)) {
      lines.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      lines.setRootValueSeparator(new SerializedString("\n"));
      header(lines, before);
      CheckpointPages checkpoints = new CheckpointPages(before);
      long number = before;
      List<AuditRecord> page;
      do {
        page = store.after(number, AuditFilter.ALL, PAGE);
        for (AuditRecord found : page) {
          number = found.number();
          if (number <= extent.lastFound()) {
            checkpoints.writeBefore(number, lines);
            write(found, lines);
          }
        }
      } while (page.size() == PAGE && number < extent.lastFound());
      // A checkpoint without its record is what tells that records are missing.
      checkpoints.writeBefore(extent.lastOfAll() + 1, lines);
      end(extent, lines);
      lines.writeRaw('\n');
    }
  }

  /** Checkpoints in their order, fetched as they are needed. */
  private final class CheckpointPages {

    private List<AuditCheckpoint> page = List.of();
    private int next;
    private long reached;
    private boolean more = true;

    private CheckpointPages(long after) {
      this.reached = after;
    }

    void writeBefore(long number, JsonGenerator lines) throws IOException {
      while (hasNext() && page.get(next).number() < number) {
        write(page.get(next), lines);
        next++;
      }
    }

    private boolean hasNext() {
      if (next == page.size() && more) {
        page = store.checkpointsAfter(reached, PAGE);
        next = 0;
        more = page.size() == PAGE;
        reached = page.isEmpty() ? reached : page.get(page.size() - 1).number();
      }
      return next < page.size();
    }
  }

  private void header(JsonGenerator lines, long before) throws IOException {
    lines.writeStartObject();
    lines.writeStringField("type", "header");
    lines.writeStringField("format", FORMAT);
    lines.writeStringField("exportedAt", AuditChain.time(clock.instant()));
    lines.writeStringField("certificates", Pem.certificates(store.certificates()));
    if (before > 0) {
      lines.writeNumberField("after", before);
      lines.writeStringField("afterHash", hashOf(before).hex());
      lines.writeNumberField("afterCheckpoint", lastCheckpointUpTo(before));
    }
    lines.writeEndObject();
  }

  private ChainHash hashOf(long number) {
    return store.after(number - 1, AuditFilter.ALL, 1).stream()
        .filter(found -> found.number() == number)
        .findFirst()
        .map(AuditRecord::hash)
        .orElse(ChainHash.START); // it is missing, and the next will not follow
  }

  private long lastCheckpointUpTo(long number) {
    return store.checkpointUpTo(number).map(AuditCheckpoint::number).orElse(0L);
  }

  private static void write(AuditRecord found, JsonGenerator lines) throws IOException {
    AuditEntry entry = found.entry();
    lines.writeStartObject();
    lines.writeStringField("type", "record");
    lines.writeNumberField("number", found.number());
    lines.writeStringField("at", AuditChain.time(entry.at()));
    lines.writeStringField("actorKind", entry.actorKind());
    lines.writeStringField("actorName", entry.actorName());
    lines.writeStringField("action", entry.action());
    if (entry.subscriber().isPresent()) {
      lines.writeStringField("subscriber", entry.subscriber().get());
    }
    if (entry.serialNumber().isPresent()) {
      lines.writeStringField("serialNumber", entry.serialNumber().get());
    }
    lines.writeStringField("detail", entry.detail());
    lines.writeStringField("hash", found.hash().hex());
    lines.writeEndObject();
  }

  private static void write(AuditCheckpoint signed, JsonGenerator lines) throws IOException {
    lines.writeStartObject();
    lines.writeStringField("type", "checkpoint");
    lines.writeNumberField("number", signed.number());
    lines.writeStringField("hash", signed.hash().hex());
    lines.writeStringField("at", AuditChain.time(signed.at()));
    lines.writeNumberField("previous", signed.previous());
    lines.writeStringField("signedBy", signed.signedBy());
    lines.writeStringField("signature", signed.signature());
    lines.writeEndObject();
  }

  private static void end(AuditStore.Extent extent, JsonGenerator lines) throws IOException {
    lines.writeStartObject();
    lines.writeStringField("type", "end");
    lines.writeNumberField("last", extent.last());
    lines.writeEndObject();
  }
}
