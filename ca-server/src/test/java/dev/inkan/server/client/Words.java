package dev.inkan.server.client;

import dev.inkan.core.certificate.RevocationReason;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What programs print of a revocation. */
final class Words {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy", Locale.ENGLISH);

  private Words() {}

  /** What the pattern's group is in the output. */
  static Optional<String> find(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
  }

  /** {@code keyCompromise} and {@code key compromise} alike, or a number in brackets. */
  static RevocationReason reason(String text) {
    String letters = text.replaceAll("[^A-Za-z]", "").toUpperCase(Locale.ROOT);
    if (letters.isEmpty()) {
      return RevocationReason.ofCode(Integer.parseInt(text.replaceAll("\\D", ""))).orElseThrow();
    }
    return Arrays.stream(RevocationReason.values())
        .filter(reason -> reason.name().replace("_", "").equals(letters))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not a reason: " + text));
  }

  /** {@code Nov 23 10:43:25 2026}, with whatever zone name, which is always UTC's. */
  static Instant time(String text) {
    String plain = text.replaceAll(" (GMT|UTC)\\b", "").replaceAll(" +", " ").strip();
    return LocalDateTime.parse(plain, TIME).toInstant(ZoneOffset.UTC);
  }

  /** Revoked, as far as it was told. */
  static Verdict revoked(Optional<RevocationReason> reason, Optional<Instant> at) {
    return new Verdict(
        "revoked", reason.filter(it -> it != RevocationReason.UNSPECIFIED), at, Optional.empty());
  }
}
