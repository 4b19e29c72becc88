package dev.inkan.admin.command.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.StoppedException;
import dev.inkan.admin.json.JsonFormatException;
import dev.inkan.core.audit.AuditCheckpoint;
import dev.inkan.core.audit.AuditEntry;
import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.audit.AuditTrust;
import dev.inkan.core.audit.AuditVerdict;
import dev.inkan.core.audit.AuditVerification;
import dev.inkan.core.audit.ChainHash;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Verifies an audit export; docs/audit.md describes its lines. */
final class ExportVerification {

  private static final String FORMAT = "inkan-audit-export-1";

  private ExportVerification() {}

  /**
   * Reads and verifies all of it.
   *
   * @param rootPem the root, known from elsewhere than the export
   * @throws StoppedException if it is no export, or a line of it is none
   */
  static AuditVerdict verify(InputStream export, String rootPem) throws IOException {
    try (ExportReader reader = new ExportReader(export)) {
      AuditVerification verification = begin(reader, rootPem);
      Optional<ExportLine> end = Optional.empty();
      for (Optional<ExportLine> line = next(reader); line.isPresent(); line = next(reader)) {
        if (end.isPresent()) {
          throw altered(line.get(), new IllegalArgumentException("it stands after the end"));
        }
        if (line.get().maybe("type").equals(Optional.of("end"))) {
          end = line;
        } else {
          verification = accept(verification, line.get());
        }
      }
      return end.isPresent() ? verification.endedAt(end.get().number("last")) : verification.cut();
    } catch (JsonProcessingException e) {
      throw stopped("it is not JSON any more after line " + e.getLocation().getLineNr(), e);
    } catch (JsonFormatException e) {
      throw stopped(String.valueOf(e.getMessage()), e);
    }
  }

  /** A line that breaks off is the end of an export that was cut. */
  private static Optional<ExportLine> next(ExportReader reader) throws IOException {
    try {
      return reader.next();
    } catch (JsonEOFException e) {
      return Optional.empty();
    }
  }

  private static AuditVerification begin(ExportReader reader, String rootPem) throws IOException {
    ExportLine header =
        next(reader)
            .filter(it -> it.maybe("format").equals(Optional.of(FORMAT)))
            .orElseThrow(
                () ->
                    new StoppedException(
                        ExitStatus.USAGE,
                        "this is no audit export: its first line does not say " + FORMAT,
                        "inkan-admin audit export --file FILE"));
    try {
      AuditTrust trust = AuditTrust.of(rootPem, header.text("certificates"));
      return header.maybe("after").isEmpty()
          ? AuditVerification.with(trust)
          : AuditVerification.after(
              trust,
              header.number("after"),
              new ChainHash(header.text("afterHash")),
              header.number("afterCheckpoint"));
    } catch (IllegalArgumentException e) {
      throw altered(header, e);
    }
  }

  private static AuditVerification accept(AuditVerification verification, ExportLine line) {
    try {
      return switch (line.type()) {
        case "record" -> verification.accept(record(line));
        case "checkpoint" -> verification.accept(checkpoint(line));
        default -> verification; // of a newer format
      };
    } catch (IllegalArgumentException | DateTimeException e) {
      throw altered(line, e);
    }
  }

  private static AuditRecord record(ExportLine line) {
    AuditEntry entry =
        new AuditEntry(
            Instant.parse(line.text("at")),
            line.text("actorKind"),
            line.text("actorName"),
            line.text("action"),
            line.maybe("subscriber"),
            line.maybe("serialNumber"),
            line.text("detail"));
    return new AuditRecord(line.number("number"), entry, new ChainHash(line.text("hash")));
  }

  private static AuditCheckpoint checkpoint(ExportLine line) {
    return new AuditCheckpoint(
        line.number("number"),
        new ChainHash(line.text("hash")),
        Instant.parse(line.text("at")),
        line.number("previous"),
        line.text("signedBy"),
        line.text("signature"));
  }

  private static StoppedException altered(ExportLine line, Exception cause) {
    return stopped(
        line.place() + " was changed: it is no line of an export (" + cause.getMessage() + ")",
        cause);
  }

  private static StoppedException stopped(String what, Exception cause) {
    StoppedException stopped =
        new StoppedException(ExitStatus.FAILED, "the audit log is not as it was written: " + what);
    stopped.initCause(cause);
    return stopped;
  }
}
