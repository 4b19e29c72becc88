package dev.inkan.core.authority;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/**
 * Revokes certificates, puts them on hold and releases them. Needs no key: what it writes is what
 * responders and CRLs tell. Safe for use by several threads.
 *
 * <p>A revocation is never refused where it could be made, not even of an expired certificate. What
 * takes a certificate's force away is journalled before the ledger is changed, what gives it back
 * after: whatever breaks in between, nothing counts that was not acknowledged to count.
 *
 * @param <S> the embedding application's stores
 */
public final class RevocationAuthority<S extends Stores> {

  /** What two times of one certificate differ by at least: the ledger's precision. */
  private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

  private final Ledger<S> ledger;
  private final Clock clock;

  public RevocationAuthority(Ledger<S> ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Revokes one certificate for ever. Once this returns the revocation survives the loss of the
   * database. Of one on hold the reason changes, and the day it was held stays the revocation date
   * (ITU-T X.509, section 9.5.2.2).
   *
   * @param revocation its invalidity date is not in the future
   * @param completion runs in the transaction that revokes; not if it was revoked already
   * @return {@code REVOKED}, {@code ALREADY_REVOKED}, {@code INVALID_BEFORE_ISSUE} or {@code
   *     NOT_ISSUED_HERE}
   * @throws dev.inkan.core.store.JournalUnavailableException if the journal cannot be written;
   *     nothing was revoked
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be reached; if the
   *     journal had been written, the revocation is carried over once the ledger is back (see
   *     {@link UnfinishedWork}), and repeating is safe
   */
  public RevocationOutcome revoke(
      SerialNumber serialNumber,
      Revocation revocation,
      Actor actor,
      RevocationCompletion<S> completion) {
    Instant now = now();
    requirePast(revocation.invalidityDate(), now);
    Standing standing = standing(serialNumber);
    Optional<RevocationOutcome> refusal =
        standing.revoked().or(() -> standing.invalidBefore(revocation.invalidityDate()));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    CertificateRecord entry = standing.entry().orElseThrow();
    CertificateStatus.Revoked revoked =
        entry.revocation().map(revocation::after).orElseGet(() -> revocation.at(now));
    ledger.journal().revoked(serialNumber, revoked);
    return nowOrLater(
        stores -> {
          if (!stores.certificates().revoke(serialNumber, revoked)) {
            return RevocationOutcome.ALREADY_REVOKED;
          }
          Change change = new Change(entry.revoked(revoked), actor, now);
          change.finish(stores, AuditAction.CERTIFICATE_REVOKED, detail(revoked), completion);
          return RevocationOutcome.REVOKED;
        });
  }

  /**
   * Puts one certificate on hold: until it is released it counts no more than a revoked one. Once
   * this returns the hold survives the loss of the database.
   *
   * @param invalidityDate as of a revocation
   * @param completion runs in the transaction that holds; not if it was held or revoked already
   * @return {@code HELD}, {@code ALREADY_HELD}, {@code ALREADY_REVOKED}, {@code EXPIRED}, {@code
   *     INVALID_BEFORE_ISSUE} or {@code NOT_ISSUED_HERE}
   * @throws dev.inkan.core.store.JournalUnavailableException as {@link #revoke}
   * @throws dev.inkan.core.store.StoreUnavailableException as {@link #revoke}
   */
  public RevocationOutcome hold(
      SerialNumber serialNumber,
      Optional<Instant> invalidityDate,
      Actor actor,
      RevocationCompletion<S> completion) {
    Instant now = now();
    requirePast(invalidityDate, now);
    Standing standing = standing(serialNumber);
    Optional<RevocationOutcome> refusal =
        standing
            .revoked()
            .or(() -> standing.expired(now))
            .or(standing::held)
            .or(() -> standing.invalidBefore(invalidityDate));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    CertificateStatus.Revoked hold =
        new CertificateStatus.Revoked(
            after(standing.released(), now), RevocationReason.CERTIFICATE_HOLD, invalidityDate);
    ledger.journal().revoked(serialNumber, hold);
    CertificateRecord entry = standing.entry().orElseThrow();
    return nowOrLater(
        stores -> {
          if (!stores.certificates().hold(serialNumber, hold)) {
            return changedMeanwhile(stores, serialNumber);
          }
          Change change = new Change(entry.revoked(hold), actor, now);
          change.finish(stores, AuditAction.CERTIFICATE_HELD, detail(hold), completion);
          return RevocationOutcome.HELD;
        });
  }

  /**
   * Ends a hold. Once this returns the release survives the loss of the database.
   *
   * @param completion runs in the transaction that releases
   * @return {@code RELEASED}, {@code NOT_HELD}, {@code ALREADY_REVOKED}, {@code EXPIRED} or {@code
   *     NOT_ISSUED_HERE}
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be reached; it is
   *     to be asked whether the hold has ended
   * @throws dev.inkan.core.store.JournalUnavailableException if the journal cannot be written: the
   *     hold has ended, and would begin again should the database be lost
   */
  public RevocationOutcome release(
      SerialNumber serialNumber, Actor actor, RevocationCompletion<S> completion) {
    Instant now = now();
    Standing standing = standing(serialNumber);
    Optional<RevocationOutcome> refusal =
        standing.revoked().or(standing::notHeld).or(() -> standing.expired(now));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    CertificateRecord entry = standing.entry().orElseThrow();
    Instant at = after(entry.revocation().map(CertificateStatus.Revoked::at), now);
    RevocationOutcome outcome =
        ledger
            .transactions()
            .inTransaction(
                stores -> {
                  if (!stores.certificates().release(serialNumber, at)) {
                    return changedMeanwhile(stores, serialNumber);
                  }
                  Change change = new Change(entry.released(), actor, now);
                  change.finish(stores, AuditAction.CERTIFICATE_RELEASED, "", completion);
                  return RevocationOutcome.RELEASED;
                });
    if (outcome == RevocationOutcome.RELEASED) {
      ledger.journal().released(serialNumber, at);
    }
    return outcome;
  }

  /**
   * Writes into the ledger what the journal has already; if the ledger is away, once it is back.
   */
  private RevocationOutcome nowOrLater(Function<S, RevocationOutcome> change) {
    try {
      return ledger.transactions().inTransaction(change);
    } catch (StoreUnavailableException e) {
      ledger.unfinished().add(() -> ledger.transactions().inTransaction(change));
      throw e;
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static void requirePast(Optional<Instant> invalidityDate, Instant now) {
    if (invalidityDate.filter(now::isBefore).isPresent()) {
      throw new IllegalArgumentException(
          "a certificate cannot be invalid since a time in the future: " + invalidityDate.get());
    }
  }

  // Holds and releases of one certificate have times that grow, whatever two servers' clocks say:
  // by them a restored ledger and a journal know which of them came last.
  private static Instant after(Optional<Instant> earlier, Instant now) {
    return earlier.map(it -> it.plus(TICK)).filter(now::isBefore).orElse(now);
  }

  private Standing standing(SerialNumber serialNumber) {
    return ledger
        .transactions()
        .inTransaction(
            stores ->
                new Standing(
                    stores
                        .certificates()
                        .find(serialNumber)
                        .filter(entry -> entry.state() != LedgerState.PREPARED),
                    stores.certificates().released(serialNumber)));
  }

  private static RevocationOutcome changedMeanwhile(Stores stores, SerialNumber serialNumber) {
    Standing standing = new Standing(stores.certificates().find(serialNumber), Optional.empty());
    return standing.revoked().or(standing::held).orElse(RevocationOutcome.NOT_HELD);
  }

  private static String detail(CertificateStatus.Revoked revoked) {
    return revoked.reason()
        + revoked.invalidityDate().map(since -> ", invalid since " + since).orElse("");
  }

  /** What the ledger says of a certificate, and what that stands in the way of. */
  private record Standing(Optional<CertificateRecord> entry, Optional<Instant> released) {

    /** Why nothing at all can be changed. */
    Optional<RevocationOutcome> revoked() {
      if (entry.isEmpty()) {
        return Optional.of(RevocationOutcome.NOT_ISSUED_HERE);
      }
      return when(
          entry.get().revocation().isPresent() && !entry.get().isOnHold(),
          RevocationOutcome.ALREADY_REVOKED);
    }

    Optional<RevocationOutcome> held() {
      return when(entry.orElseThrow().isOnHold(), RevocationOutcome.ALREADY_HELD);
    }

    Optional<RevocationOutcome> notHeld() {
      return when(!entry.orElseThrow().isOnHold(), RevocationOutcome.NOT_HELD);
    }

    Optional<RevocationOutcome> expired(Instant now) {
      return when(!now.isBefore(entry.orElseThrow().validity().end()), RevocationOutcome.EXPIRED);
    }

    Optional<RevocationOutcome> invalidBefore(Optional<Instant> date) {
      return when(
          date.filter(it -> it.isBefore(entry.orElseThrow().validity().notBefore())).isPresent(),
          RevocationOutcome.INVALID_BEFORE_ISSUE);
    }

    private static Optional<RevocationOutcome> when(boolean so, RevocationOutcome outcome) {
      return so ? Optional.of(outcome) : Optional.empty();
    }
  }

  /** What one transaction did, and how it is told. */
  private record Change(CertificateRecord changed, Actor actor, Instant now) {

    <T extends Stores> void finish(
        T stores, AuditAction action, String detail, RevocationCompletion<T> completion) {
      stores
          .audit()
          .append(
              new AuditEvent(
                  now,
                  actor,
                  action,
                  Optional.of(changed.subscriber()),
                  Optional.of(changed.serialNumber()),
                  detail));
      completion.complete(stores, changed);
    }
  }
}
