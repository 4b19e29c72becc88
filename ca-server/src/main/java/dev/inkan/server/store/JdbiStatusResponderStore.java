package dev.inkan.server.store;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.authority.StatusResponder;
import dev.inkan.server.authority.StatusResponderStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** {@link StatusResponderStore} on its table, inside the handle's transaction. */
final class JdbiStatusResponderStore implements StatusResponderStore {

  private static final int ROWS_AT_ONCE = 1000;

  private static final String SELECT =
      """
      SELECT node, issuer, key_hash, serial_number, certificate FROM status_responder
      """;

  private static final String ALL = SELECT + " ORDER BY node, issuer";

  private static final String OF_KEY = SELECT + " WHERE key_hash = :keyHash ORDER BY node, issuer";

  private static final String LOCK = SELECT + " WHERE node = :node ORDER BY issuer FOR UPDATE";

  private static final String UPDATE =
      """
      UPDATE status_responder
      SET key_hash = :keyHash, serial_number = :serial, certificate = :certificate
      WHERE node = :node AND issuer = :issuer
      """;

  private static final String INSERT =
      """
      INSERT INTO status_responder (node, issuer, key_hash, serial_number, certificate)
      VALUES (:node, :issuer, :keyHash, :serial, :certificate)
      """;

  private static final String DELETE =
      """
      DELETE FROM status_responder WHERE node = :node
      """;

  private static final String OTHERS =
      """
      SELECT der FROM certificate WHERE der IS NOT NULL AND kind <> 'OCSP_RESPONDER'
      """;

  private final Handle handle;

  JdbiStatusResponderStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public List<StatusResponder> all() {
    return handle.createQuery(ALL).map((row, context) -> toResponder(row)).list();
  }

  /** Those of the key with this hash. */
  List<StatusResponder> of(Fingerprint keyHash) {
    return handle
        .createQuery(OF_KEY)
        .bind("keyHash", keyHash.hex())
        .map((row, context) -> toResponder(row))
        .list();
  }

  @Override
  public List<StatusResponder> lock(NodeName node) {
    return handle
        .createQuery(LOCK)
        .bind("node", node.value())
        .map((row, context) -> toResponder(row))
        .list();
  }

  @Override
  public void put(StatusResponder responder) {
    if (bound(handle.createUpdate(UPDATE), responder).execute() == 0) {
      int unused = bound(handle.createUpdate(INSERT), responder).execute();
    }
  }

  private static <S extends SqlStatement<S>> S bound(S statement, StatusResponder responder) {
    return statement
        .bind("node", responder.node().value())
        .bind("issuer", responder.issuer().value())
        .bind("keyHash", responder.keyHash().hex())
        .bind("serial", responder.serialNumber().toString())
        .bind("certificate", responder.certificate().toByteArray());
  }

  @Override
  public int remove(NodeName node) {
    return handle.createUpdate(DELETE).bind("node", node.value()).execute();
  }

  @Override
  public boolean anyOther(Predicate<Der> certificate) {
    return handle
        .createQuery(OTHERS)
        .setFetchSize(ROWS_AT_ONCE)
        .map((row, context) -> Der.copyOf(row.getBytes("der")))
        .withIterator(all -> any(all, certificate));
  }

  private static boolean any(Iterator<Der> all, Predicate<Der> certificate) {
    while (all.hasNext()) {
      if (certificate.test(all.next())) {
        return true;
      }
    }
    return false;
  }

  private static StatusResponder toResponder(ResultSet row) throws SQLException {
    return new StatusResponder(
        new NodeName(row.getString("node")),
        new CaName(row.getString("issuer")),
        new Fingerprint(row.getString("key_hash")),
        SerialNumber.parse(row.getString("serial_number")),
        Der.copyOf(row.getBytes("certificate")));
  }
}
