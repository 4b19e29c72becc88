package dev.inkan.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D4")
class AuditChainTest {

  private static final AuditEntry FIRST =
      AuditEntry.of(
          new AuditEvent(
              Instant.parse("2026-11-22T01:02:03.456789123Z"),
              new Actor(Actor.Kind.SUBSCRIBER, "taro01"),
              AuditAction.CERTIFICATE_ISSUED,
              Optional.of(new SubscriberId("5f0c7a1e-taro")),
              Optional.of(SerialNumber.parse("4a00000000000000000000000000000001")),
              "印鑑 valid"));

  private static final AuditEntry SECOND =
      new AuditEntry(
          Instant.parse("2026-11-22T01:02:04Z"),
          "SYSTEM",
          "node-1",
          "CERTIFICATE_ABANDONED",
          Optional.empty(),
          Optional.empty(),
          "");

  @Test
  @DisplayName("D4: the hashes are those that another program made from docs/audit.md alone")
  void knownHashes() throws Exception {
    ChainHash first = AuditChain.next(ChainHash.START, 1, FIRST);
    ChainHash second = AuditChain.next(first, 2, SECOND);
    AuditCheckpoint checkpoint =
        new AuditCheckpoint(
            2, second, Instant.parse("2026-11-22T02:00:00Z"), 0, "ab".repeat(32), "");

    assertThat(first.hex())
        .isEqualTo("3f837ce7b71247bc822888d9800d8ffe56022f5bc3f7852f00c011ea337fe470");
    assertThat(second.hex())
        .isEqualTo("5fc11846da6c044c63436384799ecaf3290e1cdf9968e139feab8a63fcaccbc5");
    assertThat(HexFormat.of().formatHex(sha256(checkpoint.signedOctets())))
        .isEqualTo("6b2a544cadecb58f4ba921060673ccdfccbe397ab32d3e39ccacd18a92691619");
  }

  @Test
  @DisplayName("D4: a text moved from one field to the next is another record")
  void fieldsDoNotRunTogether() {
    assertThat(hash("ab", "c")).isNotEqualTo(hash("a", "bc"));
    assertThat(hash("", "abc")).isNotEqualTo(hash("abc", ""));
    assertThat(AuditChain.next(ChainHash.START, 1, SECOND))
        .isNotEqualTo(
            AuditChain.next(
                ChainHash.START,
                1,
                new AuditEntry(
                    SECOND.at(),
                    SECOND.actorKind(),
                    SECOND.actorName(),
                    SECOND.action(),
                    Optional.of(""),
                    Optional.empty(),
                    "")));
  }

  private static ChainHash hash(String actorName, String action) {
    return AuditChain.next(
        ChainHash.START,
        1,
        new AuditEntry(
            SECOND.at(), "SYSTEM", actorName, action, Optional.empty(), Optional.empty(), ""));
  }

  private static byte[] sha256(byte[] octets) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(octets);
  }
}
