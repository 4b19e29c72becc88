package dev.inkan.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkan.core.audit.AuditCheckpoint;
import dev.inkan.core.audit.AuditEntry;
import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.audit.AuditTrust;
import dev.inkan.core.audit.AuditVerdict;
import dev.inkan.core.audit.AuditVerification;
import dev.inkan.core.audit.ChainHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads and verifies an export as {@code docs/audit.md} describes it, with the root alone. */
public final class ExportedTrail {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ExportedTrail() {}

  /** What a reader of {@code export} finds who trusts {@code rootPem}. */
  public static AuditVerdict verify(byte[] export, String rootPem) throws Exception {
    List<String> lines = new String(export, StandardCharsets.UTF_8).lines().toList();
    JsonNode header = JSON.readTree(lines.get(0));
    AuditTrust trust = AuditTrust.of(rootPem, header.get("certificates").asText());
    AuditVerification verification =
        header.has("after")
            ? AuditVerification.after(
                trust,
                header.get("after").asLong(),
                new ChainHash(header.get("afterHash").asText()),
                header.get("afterCheckpoint").asLong())
            : AuditVerification.with(trust);
    for (String line : lines.subList(1, lines.size())) {
      JsonNode read = JSON.readTree(line);
      switch (read.get("type").asText()) {
        case "record" -> verification = verification.accept(record(read));
        case "checkpoint" -> verification = verification.accept(checkpoint(read));
        case "end" -> {
          return verification.endedAt(read.get("last").asLong());
        }
        default -> throw new AssertionError(line);
      }
    }
    return verification.cut();
  }

  private static AuditRecord record(JsonNode read) {
    return new AuditRecord(
        read.get("number").asLong(),
        new AuditEntry(
            Instant.parse(read.get("at").asText()),
            read.get("actorKind").asText(),
            read.get("actorName").asText(),
            read.get("action").asText(),
            Optional.ofNullable(read.get("subscriber")).map(JsonNode::asText),
            Optional.ofNullable(read.get("serialNumber")).map(JsonNode::asText),
            read.get("detail").asText()),
        new ChainHash(read.get("hash").asText()));
  }

  private static AuditCheckpoint checkpoint(JsonNode read) {
    return new AuditCheckpoint(
        read.get("number").asLong(),
        new ChainHash(read.get("hash").asText()),
        Instant.parse(read.get("at").asText()),
        read.get("previous").asLong(),
        read.get("signedBy").asText(),
        read.get("signature").asText());
  }
}
