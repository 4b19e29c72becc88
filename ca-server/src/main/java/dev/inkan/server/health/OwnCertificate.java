package dev.inkan.server.health;

import dev.inkan.core.certificate.CaName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A certificate of the installation itself, without which something stops.
 *
 * @param name such as {@code web}; the same over its renewals
 * @param end the first moment at which it is no longer valid
 * @param warnDays days before its end on which somebody is told, falling
 * @param mend what renews it, as a sentence
 */
public record OwnCertificate(String name, Instant end, List<Integer> warnDays, String mend) {

  /** For a CA: a year, a month and a week ahead. */
  static final List<Integer> CA = List.of(365, 30, 7);

  /** For what people renew: a month and a week ahead. */
  static final List<Integer> RENEWED_BY_HAND = List.of(30, 7);

  /** For what lives for a month and renews itself at half of that. */
  static final List<Integer> SHORT_LIVED = List.of(10, 3);

  private static final String RESPONDER = "responder";

  public OwnCertificate {
    warnDays = List.copyOf(warnDays);
  }

  /** The trust anchor's. */
  public static OwnCertificate root(Instant end) {
    return new OwnCertificate(
        "root",
        end,
        CA,
        "hold a ceremony for a new root, and bring it to every PC and gateway before this one ends");
  }

  /** An issuing CA's. */
  public static OwnCertificate issuing(CaName name, Instant end) {
    return new OwnCertificate(
        name.value(), end, CA, "make the next issuing CA with 'inkan-server rollover'");
  }

  /** A CA's that another one follows already: nobody has to do anything about its end. */
  public static OwnCertificate former(CaName name, Instant end) {
    return new OwnCertificate(
        name.value(), end, List.of(), "nothing: all that it issued ends before it does");
  }

  /** Whether it is a CA's that issues certificates. */
  public static boolean isIssuing(String name) {
    return name.startsWith(CaName.ISSUING.value());
  }

  /** Of the key that signs the audit trail. */
  public static OwnCertificate audit(Instant end, String place) {
    return new OwnCertificate(
        "audit",
        end,
        RENEWED_BY_HAND,
        "move " + place + " away and start the server again: it makes another");
  }

  /**
   * What the web and the admin listener show.
   *
   * @param ours whether our own issuing CA issued it
   */
  public static OwnCertificate web(Instant end, Path file, boolean ours) {
    String mend =
        ours
            ? "the running server renews it by itself, and its log says why it could not"
            : "put the next one into " + file + ": it is shown from then on, without a restart";
    return new OwnCertificate("web", end, RENEWED_BY_HAND, mend);
  }

  /**
   * Of the key that signs OCSP answers.
   *
   * @param ca whose certificates it answers about: {@code issuing-2} has {@code responder-2}
   */
  public static OwnCertificate responder(CaName ca, Instant end) {
    return new OwnCertificate(
        ca.value().replace(CaName.ISSUING.value(), RESPONDER),
        end,
        SHORT_LIVED,
        "the running server renews it by itself, and its log says why it could not;"
            + " 'inkan-admin ca renew-responder' tries at once");
  }

  /** Of the key of a server that only tells status. */
  public static OwnCertificate statusNode(Instant end) {
    return new OwnCertificate(
        "responder",
        end,
        SHORT_LIVED,
        "a server with the role jobs and the issuing CA's key renews it by itself, and its log says"
            + " why it could not; see that replication goes on");
  }

  /** The credential of one of the bank's staff. */
  public static OwnCertificate operator(String name, Instant end) {
    return new OwnCertificate(
        "operator " + name,
        end,
        RENEWED_BY_HAND,
        "'inkan-admin operator renew " + name + " --file NEW.p12' makes the next");
  }

  /** Whether it is one of a key that signs OCSP answers. */
  public static boolean isResponder(String name) {
    return name.startsWith(RESPONDER);
  }

  /** How long it is still valid at {@code now}; negative once it has ended. */
  public Duration left(Instant now) {
    return Duration.between(now, end);
  }

  /** How many days it is still valid, with their fraction. */
  public double daysLeft(Instant now) {
    return left(now).toSeconds() / 86_400.0;
  }

  /** How many of the days to warn on have come by {@code now}. */
  public int warningsDue(Instant now) {
    return (int) warnDays.stream().filter(days -> daysLeft(now) <= days).count();
  }
}
