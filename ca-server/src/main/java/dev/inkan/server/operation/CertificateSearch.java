package dev.inkan.server.operation;

import dev.inkan.core.api.CertificateState;
import dev.inkan.core.certificate.CertificateKind;
import java.time.Instant;
import java.util.Optional;

/**
 * Which certificates somebody looks for; what is empty does not matter.
 *
 * @param serial how the serial number begins
 * @param expiresBefore not included
 * @param undelivered whether only those that count and whose file nobody fetched
 * @param unrenewed whether only those whose holder has no newer one that counts, the first to end
 *     first
 */
public record CertificateSearch(
    Optional<CertificateKind> kind,
    Optional<String> userId,
    Optional<String> organisation,
    Optional<String> serial,
    Optional<CertificateState> state,
    Optional<Instant> expiresBefore,
    Optional<Instant> expiresAfter,
    boolean undelivered,
    boolean unrenewed) {

  /** Of every kind. */
  public static CertificateSearch in(CertificateState state) {
    return of(Optional.empty(), state);
  }

  /** Of one kind. */
  public static CertificateSearch of(CertificateKind kind, CertificateState state) {
    return of(Optional.of(kind), state);
  }

  private static CertificateSearch of(Optional<CertificateKind> kind, CertificateState state) {
    return new CertificateSearch(
        kind,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(state),
        Optional.empty(),
        Optional.empty(),
        false,
        false);
  }

  /** The user's, whatever became of them. */
  public static CertificateSearch ofUser(String userId) {
    return subscribers(Optional.of(userId), Optional.empty(), Optional.empty());
  }

  /** The organisation's, of which only those that count. */
  public static CertificateSearch validOfOrganisation(String number) {
    return subscribers(Optional.empty(), Optional.of(number), Optional.of(CertificateState.VALID));
  }

  private static CertificateSearch subscribers(
      Optional<String> userId, Optional<String> organisation, Optional<CertificateState> state) {
    return new CertificateSearch(
        Optional.of(CertificateKind.SUBSCRIBER),
        userId,
        organisation,
        Optional.empty(),
        state,
        Optional.empty(),
        Optional.empty(),
        false,
        false);
  }
}
