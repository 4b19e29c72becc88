package dev.inkan.core.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * How each record of the audit trail is tied to the one before: its hash is the SHA-256 of ten
 * texts, each written as its length in octets (four octets, the highest first) and its UTF-8; an
 * absent text is four octets of {@code FF}.
 */
public final class AuditChain {

  /** Says which form this is, so that a later one cannot be taken for it. */
  private static final String FORM = "inkan-audit-1";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private AuditChain() {}

  /** The hash of the record with {@code number} and {@code entry} after {@code previous}. */
  public static ChainHash next(ChainHash previous, long number, AuditEntry entry) {
    byte[] octets =
        new CanonicalTexts()
            .add(FORM)
            .add(previous.hex())
            .add(Long.toString(number))
            .add(time(entry.at()))
            .add(entry.actorKind())
            .add(entry.actorName())
            .add(entry.action())
            .add(entry.subscriber())
            .add(entry.serialNumber())
            .add(entry.detail())
            .octets();
    return new ChainHash(HexFormat.of().formatHex(sha256().digest(octets)));
  }

  /** A time as the chain writes it: in UTC, always with six digits after the second. */
  public static String time(Instant at) {
    return TIME.format(at);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
