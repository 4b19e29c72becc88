package dev.inkan.server.store;

import dev.inkan.core.api.Asked;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.Cause;
import dev.inkan.core.api.Channel;
import dev.inkan.core.api.ItemState;
import dev.inkan.core.api.Progress;
import dev.inkan.core.api.RequestItem;
import dev.inkan.core.api.RequestState;
import dev.inkan.core.api.RevocationRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Rows of {@code revocation_request} and {@code revocation_item} as the admin API tells them. */
final class RevocationRequestRows {

  private RevocationRequestRows() {}

  /** One with its certificates. */
  static RevocationRequest toRequest(ResultSet row, List<RequestItem> items) throws SQLException {
    return new RevocationRequest(
        row.getLong("number"),
        RequestState.valueOf(row.getString("state")),
        toAsked(row),
        Columns.optionalText(row, "user_id").orElse(""),
        Columns.optionalText(row, "organisation_number").orElse(""),
        row.getBoolean("held"),
        Columns.instant(row, "created_at"),
        row.getString("created_by"),
        Columns.optionalInstant(row, "decided_at"),
        Columns.optionalText(row, "decided_by"),
        Columns.optionalText(row, "decision_note"),
        items);
  }

  /** One of many certificates, and how far it is. */
  static BulkRevocation toBulk(ResultSet row, Progress progress) throws SQLException {
    return new BulkRevocation(
        row.getLong("number"),
        RequestState.valueOf(row.getString("state")),
        toAsked(row),
        Columns.optionalText(row, "organisation_number"),
        progress,
        Columns.instant(row, "created_at"),
        row.getString("created_by"),
        Columns.optionalInstant(row, "decided_at"),
        Columns.optionalText(row, "decided_by"),
        Columns.optionalText(row, "decision_note"));
  }

  private static Asked toAsked(ResultSet row) throws SQLException {
    return new Asked(
        row.getString("asked_by"),
        Channel.valueOf(row.getString("channel")),
        Cause.valueOf(row.getString("cause")),
        Columns.optionalInstant(row, "lost_at"),
        Columns.optionalText(row, "note"));
  }

  /** A certificate of a request, and where it stands in it. */
  record Placed(RequestItem item, int place) {}

  static Placed toItem(ResultSet row) throws SQLException {
    return new Placed(
        new RequestItem(
            row.getString("serial_number"),
            Columns.optionalText(row, "user_id"),
            ItemState.valueOf(row.getString("state")),
            Columns.optionalInstant(row, "ended_at")),
        row.getInt("place"));
  }
}
