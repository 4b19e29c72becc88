package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The CRLs that all servers of one database share: one of them signs, under a number that none ever
 * took before, and all publish the same octets. Each method is a transaction of its own. Safe for
 * use by several threads.
 *
 * <p>What cannot be reached is told by {@link dev.inkan.core.store.StoreUnavailableException}.
 */
public interface CrlStore {

  /** How things stand with this CA's CRLs. */
  Standing look(CaName ca);

  /**
   * Checks that the ledger holds what was seen of it.
   *
   * @throws LedgerReplacedException if it does not
   */
  void requireHolds(LedgerPoint seen);

  /** Makes sure that no number up to {@code used} is ever taken, whatever this database knows. */
  void raise(CaName ca, CrlNumber used);

  /**
   * Takes a number, used or not: no other server ever gets it.
   *
   * @param which decides while no other server can take one
   */
  Optional<CrlNumber> take(CaName ca, Function<Standing, Optional<CrlNumber>> which);

  /**
   * Has a CRL signed while no other server can sign one of this CA.
   *
   * @return false, and {@code work} was not done, if a number was taken after {@code number}: the
   *     server that took it signs
   */
  boolean sign(CaName ca, CrlNumber number, Consumer<Signing> work);

  /**
   * Writes a CRL's octets.
   *
   * @return false if they are no longer kept: a newer one is there
   */
  boolean read(CaName ca, CrlNumber number, Kind kind, OutputStream out);

  /** Every certificate of this CA that is revoked or on hold by the ledger, ended or not. */
  void forEachRevoked(CaName ca, Consumer<LedgerEntry> each);

  /** Which of two CRLs of one number. */
  enum Kind {
    FULL,
    DELTA
  }

  /**
   * How things stand.
   *
   * @param lastNumber the last that any server took
   * @param newest the last that was signed
   * @param scheduled the last of those on schedule
   * @param changed whether what {@code newest} tells has changed since
   * @param databaseTime by the database's own clock
   */
  record Standing(
      Optional<CrlNumber> lastNumber,
      Optional<SignedCrl> newest,
      Optional<SignedCrl> scheduled,
      boolean changed,
      Instant databaseTime) {}

  /** The transaction in which a CRL is signed. */
  interface Signing {

    Standing standing();

    /**
     * Checks that the ledger holds what was seen of it.
     *
     * @throws LedgerReplacedException if it does not
     */
    void requireHolds(LedgerPoint seen);

    /** The ledger's last change; {@link #forEach} tells at least everything up to it. */
    long change();

    /**
     * Certificates of this CA that are revoked or on hold, except those that {@code ended} leaves
     * out, and those that changed after {@code change}; as they stood at one moment.
     */
    void forEach(SignedCrl.Ended ended, long change, Consumer<LedgerEntry> each);

    /** Keeps what was signed, for every server to take. */
    void add(SignedCrl crl, Path full, Optional<Path> delta);
  }
}
