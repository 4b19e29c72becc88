package dev.inkan.server.store;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.status.CrlStore;
import dev.inkan.server.status.LedgerEntry;
import dev.inkan.server.status.LedgerPoint;
import dev.inkan.server.status.SignedCrl;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** {@link CrlStore} on the {@code crl} tables and the ledger. */
public final class JdbiCrlStore implements CrlStore {

  private static final String LOCK_HEAD =
      """
      SELECT last_number FROM crl_head WHERE ca = :ca FOR UPDATE
      """;

  private static final String SELECT_HEAD =
      """
      SELECT last_number FROM crl_head WHERE ca = :ca
      """;

  private static final String INSERT_HEAD =
      """
      INSERT INTO crl_head (ca, last_number) VALUES (:ca, :number)
      """;

  private static final String UPDATE_HEAD =
      """
      UPDATE crl_head SET last_number = :number WHERE ca = :ca AND last_number < :number
      """;

  private static final String SELECT_CRL =
      """
      SELECT ca, number, scheduled, signed_at, this_update, next_update, change_number,
             ended_before, ended_change, delta_base
      FROM crl
      WHERE ca = :ca AND (scheduled OR NOT :scheduled)
      ORDER BY number DESC
      FETCH FIRST 1 ROW ONLY
      """;

  private static final String SELECT_PARTS =
      """
      SELECT octets FROM crl_part
      WHERE ca = :ca AND number = :number AND delta = :delta
      ORDER BY part
      """;

  private final Database database;
  private final NodeName node;

  /**
   * @param node who signs, in the audit trail
   */
  public JdbiCrlStore(Database database, NodeName node) {
    this.database = database;
    this.node = node;
  }

  @Override
  public Standing look(CaName ca) {
    return database.inTransaction(handle -> standing(handle, ca, SELECT_HEAD));
  }

  @Override
  public void requireHolds(LedgerPoint seen) {
    LedgerPoint unused = database.inTransaction(handle -> LedgerPoints.requireHolds(handle, seen));
  }

  @Override
  public void raise(CaName ca, CrlNumber used) {
    int unused =
        database.inTransaction(
            handle -> {
              if (lastNumber(handle, ca, LOCK_HEAD).isEmpty()) {
                return number(handle, INSERT_HEAD, ca, used);
              }
              return number(handle, UPDATE_HEAD, ca, used);
            });
  }

  @Override
  public Optional<CrlNumber> take(CaName ca, Function<Standing, Optional<CrlNumber>> which) {
    return database.inTransaction(
        handle -> {
          Standing standing = standing(handle, ca, LOCK_HEAD);
          Optional<CrlNumber> taken = which.apply(standing);
          taken.ifPresent(number -> take(handle, ca, standing, number));
          return taken;
        });
  }

  private static void take(Handle handle, CaName ca, Standing standing, CrlNumber number) {
    String sql = standing.lastNumber().isPresent() ? UPDATE_HEAD : INSERT_HEAD;
    if (number(handle, sql, ca, number) != 1) {
      throw new IllegalArgumentException(
          "CRL number " + number + " of " + ca + " is not after " + standing.lastNumber());
    }
  }

  @Override
  public boolean sign(CaName ca, CrlNumber number, Consumer<Signing> work) {
    return database.inTransaction(
        handle -> {
          Standing standing = standing(handle, ca, LOCK_HEAD);
          if (!standing.lastNumber().equals(Optional.of(number))) {
            return false;
          }
          LedgerEnd end = new LedgerEnd();
          work.accept(new CrlSigningRows(handle, end, node, ca, standing));
          end.write(handle);
          return true;
        });
  }

  @Override
  public boolean read(CaName ca, CrlNumber number, Kind kind, OutputStream out) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(SELECT_PARTS)
                .bind("ca", ca.value())
                .bind("number", number.value())
                .bind("delta", kind == Kind.DELTA)
                .setFetchSize(4)
                .map((row, context) -> row.getBytes("octets"))
                .withIterator(
                    parts -> {
                      boolean any = parts.hasNext();
                      while (parts.hasNext()) {
                        write(parts.next(), out);
                      }
                      return any;
                    }));
  }

  @Override
  public void forEachRevoked(CaName ca, Consumer<LedgerEntry> each) {
    boolean unused =
        database.inTransaction(
            handle -> {
              CrlSigningRows.forEach(handle, ca, SignedCrl.Ended.NONE, Long.MAX_VALUE, each);
              return true;
            });
  }

  private static void write(byte[] octets, OutputStream out) {
    try {
      out.write(octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Standing standing(Handle handle, CaName ca, String head) {
    Optional<CrlNumber> lastNumber = lastNumber(handle, ca, head);
    Optional<SignedCrl> newest = crl(handle, ca, false);
    boolean changed =
        newest.filter(it -> CrlSigningRows.hasChangedSince(handle, ca, it.change())).isPresent();
    return new Standing(lastNumber, newest, crl(handle, ca, true), changed, database.time(handle));
  }

  private static Optional<CrlNumber> lastNumber(Handle handle, CaName ca, String head) {
    return handle
        .createQuery(head)
        .bind("ca", ca.value())
        .map((row, context) -> new CrlNumber(row.getLong("last_number")))
        .findOne();
  }

  private static int number(Handle handle, String sql, CaName ca, CrlNumber number) {
    return handle.createUpdate(sql).bind("ca", ca.value()).bind("number", number.value()).execute();
  }

  private static Optional<SignedCrl> crl(Handle handle, CaName ca, boolean scheduled) {
    return handle
        .createQuery(SELECT_CRL)
        .bind("ca", ca.value())
        .bind("scheduled", scheduled)
        .map((row, context) -> CrlSigningRows.toCrl(row))
        .findOne();
  }
}
