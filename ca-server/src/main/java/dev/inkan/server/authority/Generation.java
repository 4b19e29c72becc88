package dev.inkan.server.authority;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import java.time.Instant;
import java.util.Optional;

/**
 * One issuing CA of the installation, as the database has it.
 *
 * @param name in addresses, files and records: {@code issuing}, {@code issuing-2}, and so on
 * @param number counted from 1
 * @param certificate empty until it has come back from the root; the first one's may be known from
 *     its key file alone
 * @param requested when its key was made
 * @param certified when its certificate was taken in; empty for the first
 * @param issuesFrom from when on certificates are issued by it rather than by the one before; the
 *     first one from the beginning of time
 * @param retired when it was found that nothing it issued is valid any more
 */
public record Generation(
    CaName name,
    int number,
    Optional<Der> certificate,
    Optional<Instant> requested,
    Optional<Instant> certified,
    Optional<Instant> issuesFrom,
    Optional<Instant> retired) {

  /** The first one's number. */
  public static final int FIRST = 1;

  /** How the CA of this number is called. */
  public static CaName nameOf(int number) {
    return number == FIRST ? CaName.ISSUING : new CaName(CaName.ISSUING + "-" + number);
  }

  /**
   * The number of the CA that is called so.
   *
   * @throws IllegalArgumentException if no issuing CA is
   */
  public static int numberOf(CaName name) {
    if (name.equals(CaName.ISSUING)) {
      return FIRST;
    }
    String prefix = CaName.ISSUING + "-";
    if (!name.value().startsWith(prefix)) {
      throw new IllegalArgumentException(name + " is no issuing CA's name");
    }
    return Integer.parseInt(name.value().substring(prefix.length()));
  }

  /** One whose key was made and whose certificate is still to come. */
  public static Generation requested(int number, Instant at) {
    return new Generation(
        nameOf(number),
        number,
        Optional.empty(),
        Optional.of(at),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether its certificate is still to come. */
  public boolean isAwaited() {
    return number > FIRST && certificate.isEmpty();
  }

  /** Whether it has a certificate and nobody has said yet when it begins. */
  public boolean isPrepared() {
    return !isAwaited() && issuesFrom.isEmpty() && retired.isEmpty();
  }

  /** Whether servers sign with its key: at least CRLs and OCSP. */
  public boolean signs() {
    return !isAwaited() && retired.isEmpty();
  }

  /** Whether certificates may be issued by it at {@code now}. */
  boolean mayIssue(Instant now) {
    return signs() && issuesFrom.filter(from -> !from.isAfter(now)).isPresent();
  }
}
