package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.instant;
import static dev.inkan.server.store.Columns.optionalInstant;
import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.status.CrlStore;
import dev.inkan.server.status.LedgerEntry;
import dev.inkan.server.status.LedgerPoint;
import dev.inkan.server.status.SignedCrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** What a CRL is made of and where it is kept, inside the transaction that signs it. */
final class CrlSigningRows implements CrlStore.Signing {

  private static final int ROWS_AT_ONCE = 1000;
  private static final int PART = 1 << 18;

  /** A root is its own issuer, and on nobody's list. */
  private static final String SIGNED_BY = " issuer = :ca AND kind <> 'ROOT' ";

  private static final String HAS_CHANGED =
      """
      SELECT COUNT(*) FROM certificate
      WHERE change_number > :change AND (revoked_at IS NOT NULL OR released_at IS NOT NULL) AND
      """;

  private static final String SELECT_CHANGE =
      """
      SELECT change_number FROM ledger_head WHERE id = 1
      """;

  private static final String SELECT_ENTRIES =
      """
      SELECT serial_number, revoked_at, revocation_reason, invalidity_date, released_at, not_after,
             change_number
      FROM certificate
      WHERE (revoked_at IS NOT NULL AND (not_after >= :endedBefore OR change_number > :endedChange)
          OR released_at IS NOT NULL AND change_number > :change)
        AND
      """;

  private static final String INSERT =
      """
      INSERT INTO crl (ca, number, scheduled, signed_at, this_update, next_update, change_number,
        ended_before, ended_change, delta_base)
      VALUES (:ca, :number, :scheduled, :signedAt, :thisUpdate, :nextUpdate, :change,
        :endedBefore, :endedChange, :base)
      """;

  private static final String INSERT_PART =
      """
      INSERT INTO crl_part (ca, number, delta, part, octets)
      VALUES (:ca, :number, :delta, :part, :octets)
      """;

  private static final String DELETE_PARTS =
      """
      DELETE FROM crl_part WHERE ca = :ca AND number < :number
      """;

  private final Handle handle;
  private final LedgerEnd end;
  private final NodeName node;
  private final CaName ca;
  private final CrlStore.Standing standing;
  private final long change;

  CrlSigningRows(
      Handle handle, LedgerEnd end, NodeName node, CaName ca, CrlStore.Standing standing) {
    this.handle = handle;
    this.end = end;
    this.node = node;
    this.ca = ca;
    this.standing = standing;
    // Before the entries are read: what commits in between is told twice rather than never.
    this.change = handle.createQuery(SELECT_CHANGE).map((row, context) -> row.getLong(1)).one();
  }

  static boolean hasChangedSince(Handle handle, CaName ca, long change) {
    return handle
            .createQuery(HAS_CHANGED + SIGNED_BY)
            .bind("ca", ca.value())
            .bind("change", change)
            .map((row, context) -> row.getLong(1))
            .one()
        > 0;
  }

  @Override
  public CrlStore.Standing standing() {
    return standing;
  }

  @Override
  public void requireHolds(LedgerPoint seen) {
    LedgerPoint unused = LedgerPoints.requireHolds(handle, seen);
  }

  @Override
  public long change() {
    return change;
  }

  @Override
  public void forEach(SignedCrl.Ended ended, long since, Consumer<LedgerEntry> each) {
    forEach(handle, ca, ended, since, each);
  }

  static void forEach(
      Handle handle, CaName ca, SignedCrl.Ended ended, long since, Consumer<LedgerEntry> each) {
    handle
        .createQuery(SELECT_ENTRIES + SIGNED_BY)
        .bind("ca", ca.value())
        .bind("endedBefore", utc(ended.before()))
        .bind("endedChange", ended.change())
        .bind("change", since)
        .setFetchSize(ROWS_AT_ONCE)
        .map((row, context) -> toEntry(row))
        .useIterator(entries -> entries.forEachRemaining(each));
  }

  private static LedgerEntry toEntry(ResultSet row) throws SQLException {
    return new LedgerEntry(
        SerialNumber.parse(row.getString("serial_number")),
        CertificateRows.revocation(row),
        optionalInstant(row, "released_at"),
        instant(row, "not_after"),
        row.getLong("change_number"));
  }

  @Override
  public void add(SignedCrl crl, Path full, Optional<Path> delta) {
    var insert =
        handle
            .createUpdate(INSERT)
            .bind("ca", ca.value())
            .bind("number", crl.number().value())
            .bind("scheduled", crl.scheduled())
            .bind("signedAt", utc(crl.signedAt()))
            .bind("thisUpdate", utc(crl.thisUpdate()))
            .bind("nextUpdate", utc(crl.nextUpdate()))
            .bind("change", crl.change())
            .bind("endedBefore", utc(crl.ended().before()))
            .bind("endedChange", crl.ended().change());
    Columns.bind(insert, "base", crl.deltaBase().map(CrlNumber::value).orElse(null), Long.class);
    insert.execute();
    keep(crl.number(), false, full);
    delta.ifPresent(file -> keep(crl.number(), true, file));
    // The one before stays for a server that is just taking it.
    standing
        .newest()
        .ifPresent(
            before ->
                handle
                    .createUpdate(DELETE_PARTS)
                    .bind("ca", ca.value())
                    .bind("number", before.number().value())
                    .execute());
    audit(crl);
  }

  private void keep(CrlNumber number, boolean delta, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      int part = 0;
      for (byte[] octets = in.readNBytes(PART); octets.length > 0; octets = in.readNBytes(PART)) {
        handle
            .createUpdate(INSERT_PART)
            .bind("ca", ca.value())
            .bind("number", number.value())
            .bind("delta", delta)
            .bind("part", part++)
            .bind("octets", octets)
            .execute();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private void audit(SignedCrl crl) {
    end.append(
        new AuditEvent(
            crl.signedAt(),
            new Actor(Actor.Kind.SYSTEM, node.value()),
            AuditAction.CRL_SIGNED,
            Optional.empty(),
            Optional.empty(),
            ca + " " + crl.number() + (crl.scheduled() ? ", on schedule" : "")));
  }

  static SignedCrl toCrl(ResultSet row) throws SQLException {
    return new SignedCrl(
        new CaName(row.getString("ca")),
        new CrlNumber(row.getLong("number")),
        row.getBoolean("scheduled"),
        instant(row, "signed_at"),
        instant(row, "this_update"),
        instant(row, "next_update"),
        row.getLong("change_number"),
        new SignedCrl.Ended(instant(row, "ended_before"), row.getLong("ended_change")),
        Optional.ofNullable(row.getObject("delta_base", Long.class)).map(CrlNumber::new));
  }
}
