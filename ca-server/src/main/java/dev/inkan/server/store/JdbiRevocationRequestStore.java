package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.api.Asked;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.ItemState;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.Progress;
import dev.inkan.core.api.RequestItem;
import dev.inkan.core.api.RequestState;
import dev.inkan.core.api.RevocationRequest;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.operation.Paging;
import dev.inkan.server.operation.RevocationRequestStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** {@link RevocationRequestStore} on its two tables, inside the handle's transaction. */
final class JdbiRevocationRequestStore implements RevocationRequestStore {

  private static final String SELECT =
      """
      SELECT r.number, r.state, r.asked_by, r.channel, r.cause, r.lost_at, r.note,
             r.organisation_number, r.held, r.created_at, r.created_by, r.decided_at, r.decided_by,
             r.decision_note, u.user_id
      FROM revocation_request r LEFT JOIN app_user u ON u.id = r.subscriber_id
      """;

  private static final String INSERT =
      """
      INSERT INTO revocation_request (number, bulk, state, asked_by, channel, cause, lost_at, note,
        organisation_number, subscriber_id, held, created_at, created_by, decided_at, decided_by)
      VALUES (:number, :bulk, :state, :askedBy, :channel, :cause, :lostAt, :note,
        :organisation, :subscriber, :held, :at, :by, :decidedAt, :decidedBy)
      """;

  private static final String INSERT_ITEM =
      """
      INSERT INTO revocation_item (request_number, place, serial_number, state)
      VALUES (:number, :place, :serial, 'PENDING')
      """;

  private static final String ITEMS =
      """
      SELECT i.place, i.serial_number, i.state, i.ended_at, u.user_id
      FROM revocation_item i
      JOIN certificate c ON c.serial_number = i.serial_number
      LEFT JOIN app_user u ON u.id = c.subscriber_id
      """;

  private static final String PROGRESS =
      """
      SELECT state, COUNT(*) AS items FROM revocation_item WHERE request_number = :number
      GROUP BY state
      """;

  private static final String PENDING =
      """
      SELECT serial_number FROM revocation_item
      WHERE request_number = :number AND state = 'PENDING'
      ORDER BY place FETCH FIRST :max ROWS ONLY
      """;

  private static final String OPEN_FOR =
      """
      SELECT MIN(r.number) AS number FROM revocation_request r
      JOIN revocation_item i ON i.request_number = r.number
      WHERE i.serial_number = :serial AND i.state = 'PENDING' AND r.state IN ('OPEN', 'APPROVED')
        AND NOT r.bulk
      """;

  private static final String DECIDE =
      """
      UPDATE revocation_request
      SET state = :state, decided_at = :at, decided_by = :by, decision_note = :note
      WHERE number = :number AND state = 'OPEN'
      """;

  private static final String END =
      """
      UPDATE revocation_item SET state = :state, ended_at = :at
      WHERE request_number = :number AND serial_number = :serial AND state = 'PENDING'
      """;

  private static final String FINISH =
      """
      UPDATE revocation_request SET state = 'DONE'
      WHERE number = :number AND state = 'APPROVED' AND NOT EXISTS (
        SELECT 1 FROM revocation_item WHERE request_number = :number AND state = 'PENDING')
      """;

  private final Handle handle;

  JdbiRevocationRequestStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public long add(NewCase request, List<SerialNumber> certificates) {
    long number =
        handle
            .createQuery("SELECT nextval('revocation_request_number')")
            .map((row, context) -> row.getLong(1))
            .one();
    Asked asked = request.asked();
    Optional<Instant> decided =
        request.approved() ? Optional.of(request.createdAt()) : Optional.empty();
    Update insert =
        handle
            .createUpdate(INSERT)
            .bind("number", number)
            .bind("bulk", request.bulk())
            .bind("state", (request.approved() ? RequestState.APPROVED : RequestState.OPEN).name())
            .bind("askedBy", asked.askedBy())
            .bind("channel", asked.channel().name())
            .bind("cause", asked.cause().name())
            .bind("held", request.held())
            .bind("at", utc(request.createdAt()))
            .bind("by", request.createdBy());
    Columns.bindTime(insert, "lostAt", asked.lostAt());
    Columns.bindText(insert, "note", asked.note());
    Columns.bindText(insert, "organisation", request.organisation());
    Columns.bindText(insert, "subscriber", request.subscriber().map(SubscriberId::value));
    Columns.bindTime(insert, "decidedAt", decided);
    Columns.bindText(insert, "decidedBy", decided.map(it -> request.createdBy()));
    insert.execute();
    PreparedBatch items = handle.prepareBatch(INSERT_ITEM);
    for (int place = 0; place < certificates.size(); place++) {
      items
          .bind("number", number)
          .bind("place", place)
          .bind("serial", certificates.get(place).toString())
          .add();
    }
    items.execute();
    return number;
  }

  @Override
  public Optional<RevocationRequest> find(long number) {
    return handle
        .createQuery(SELECT + " WHERE NOT r.bulk AND r.number = :number")
        .bind("number", number)
        .map((row, context) -> request(row))
        .findOne();
  }

  @Override
  public Page<RevocationRequest> list(
      Optional<RequestState> state,
      Optional<String> userId,
      Optional<String> organisation,
      Paging paging) {
    List<RevocationRequest> read =
        new Conditions()
            .and("NOT r.bulk")
            .and(state.map(RequestState::name), "state", "r.state = :state")
            .and(userId, "user", "u.user_id = :user")
            .and(organisation, "organisation", "r.organisation_number = :organisation")
            .and(paging.after().map(Cursors::number), "after", "r.number < :after")
            .on(handle, SELECT, "ORDER BY r.number DESC FETCH FIRST :limit ROWS ONLY")
            .bind("limit", paging.limit() + 1)
            .map((row, context) -> request(row))
            .list();
    return paging.page(read, it -> it, it -> Long.toString(it.number()));
  }

  @Override
  public Optional<BulkRevocation> findBulk(long number) {
    return handle
        .createQuery(SELECT + " WHERE r.bulk AND r.number = :number")
        .bind("number", number)
        .map((row, context) -> bulk(row))
        .findOne();
  }

  @Override
  public Page<BulkRevocation> listBulk(Optional<RequestState> state, Paging paging) {
    List<BulkRevocation> read =
        new Conditions()
            .and("r.bulk")
            .and(state.map(RequestState::name), "state", "r.state = :state")
            .and(paging.after().map(Cursors::number), "after", "r.number < :after")
            .on(handle, SELECT, "ORDER BY r.number DESC FETCH FIRST :limit ROWS ONLY")
            .bind("limit", paging.limit() + 1)
            .map((row, context) -> bulk(row))
            .list();
    return paging.page(read, it -> it, it -> Long.toString(it.number()));
  }

  @Override
  public Page<RequestItem> items(long number, Optional<ItemState> state, Paging paging) {
    List<RevocationRequestRows.Placed> read =
        new Conditions()
            .and(Optional.of(number), "number", "i.request_number = :number")
            .and(state.map(ItemState::name), "state", "i.state = :state")
            .and(paging.after().map(Cursors::number), "after", "i.place > :after")
            .on(handle, ITEMS, "ORDER BY i.place FETCH FIRST :limit ROWS ONLY")
            .bind("limit", paging.limit() + 1)
            .map((row, context) -> RevocationRequestRows.toItem(row))
            .list();
    return paging.page(
        read, RevocationRequestRows.Placed::item, it -> Integer.toString(it.place()));
  }

  @Override
  public List<SerialNumber> pending(long number, int max) {
    return handle
        .createQuery(PENDING)
        .bind("number", number)
        .bind("max", max)
        .map((row, context) -> SerialNumber.parse(row.getString("serial_number")))
        .list();
  }

  @Override
  public Optional<Long> openFor(SerialNumber serialNumber) {
    return handle
        .createQuery(OPEN_FOR)
        .bind("serial", serialNumber.toString())
        .map((row, context) -> Optional.ofNullable(row.getObject("number", Long.class)))
        .one();
  }

  @Override
  public boolean decide(
      long number, RequestState as, Instant at, String by, Optional<String> note) {
    Update update =
        handle
            .createUpdate(DECIDE)
            .bind("number", number)
            .bind("state", as.name())
            .bind("at", utc(at))
            .bind("by", by);
    return Columns.bindText(update, "note", note).execute() == 1;
  }

  @Override
  public boolean end(long number, SerialNumber serialNumber, ItemState as, Instant at) {
    return handle
            .createUpdate(END)
            .bind("number", number)
            .bind("serial", serialNumber.toString())
            .bind("state", as.name())
            .bind("at", utc(at))
            .execute()
        == 1;
  }

  @Override
  public boolean finish(long number) {
    return handle.createUpdate(FINISH).bind("number", number).execute() == 1;
  }

  private RevocationRequest request(ResultSet row) throws SQLException {
    List<RequestItem> items =
        items(row.getLong("number"), Optional.empty(), Paging.first(Paging.MAXIMUM)).items();
    return RevocationRequestRows.toRequest(row, items);
  }

  private BulkRevocation bulk(ResultSet row) throws SQLException {
    return RevocationRequestRows.toBulk(row, progress(row.getLong("number")));
  }

  private Progress progress(long number) {
    Map<ItemState, Integer> counts = new EnumMap<>(ItemState.class);
    handle
        .createQuery(PROGRESS)
        .bind("number", number)
        .map(
            (row, context) ->
                Map.entry(ItemState.valueOf(row.getString("state")), row.getInt("items")))
        .forEach(it -> counts.put(it.getKey(), it.getValue()));
    int revoked = counts.getOrDefault(ItemState.REVOKED, 0);
    int already = counts.getOrDefault(ItemState.ALREADY_REVOKED, 0);
    int pending = counts.getOrDefault(ItemState.PENDING, 0);
    return new Progress(revoked + already + pending, revoked, already, pending);
  }
}
