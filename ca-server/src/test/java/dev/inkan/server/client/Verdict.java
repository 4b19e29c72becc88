package dev.inkan.server.client;

import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.RevocationReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * What is said of one certificate.
 *
 * @param word one of the words below, or what else a client said
 * @param reason empty where it is not told, and for an unspecified one
 * @param at to the second
 * @param invalidityDate to the second
 */
public record Verdict(
    String word,
    Optional<RevocationReason> reason,
    Optional<Instant> at,
    Optional<Instant> invalidityDate) {

  public static final Verdict GOOD = new Verdict("good");
  public static final Verdict UNKNOWN = new Verdict("unknown");

  /** The responder does not answer for that issuer. */
  public static final Verdict UNAUTHORIZED = new Verdict("unauthorized");

  /** It ended, so that nobody asked about it. */
  public static final Verdict EXPIRED = new Verdict("expired");

  /** Its signature or issuer is none of ours, so that nobody asked about it. */
  public static final Verdict UNTRUSTED = new Verdict("untrusted");

  /** What a client may tell of a revocation. */
  public enum Detail {
    REASON,
    TIME,
    INVALIDITY_DATE
  }

  /** A word alone. */
  public Verdict(String word) {
    this(word, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Revoked, and nothing else is told. */
  public static Verdict revoked() {
    return new Verdict("revoked");
  }

  /** All that is known of a revocation. */
  public static Verdict of(CertificateStatus.Revoked revoked) {
    return new Verdict(
        "revoked",
        Optional.of(revoked.reason()).filter(it -> it != RevocationReason.UNSPECIFIED),
        Optional.of(revoked.at().truncatedTo(ChronoUnit.SECONDS)),
        revoked.invalidityDate().map(it -> it.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** The same, of which only this much is told. */
  public Verdict only(Set<Detail> details) {
    return new Verdict(
        word,
        reason.filter(it -> details.contains(Detail.REASON)),
        at.filter(it -> details.contains(Detail.TIME)),
        invalidityDate.filter(it -> details.contains(Detail.INVALIDITY_DATE)));
  }

  @Override
  public String toString() {
    return word
        + reason.map(it -> " " + it).orElse("")
        + at.map(it -> " at " + it).orElse("")
        + invalidityDate.map(it -> " invalid since " + it).orElse("");
  }
}
