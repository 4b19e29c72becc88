package dev.inkan.server.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One table of a copy, filled with the rows of the table of the same name elsewhere. */
final class CopiedTable {

  private static final int BATCH = 500;

  private static final String COLUMNS =
      """
      SELECT column_name, data_type, is_identity FROM information_schema.columns
      WHERE UPPER(table_schema) = 'PUBLIC' AND table_name = :table
      ORDER BY ordinal_position
      """;

  private final String table;
  private final Handle copy;
  private final List<Column> columns;

  private record Column(String name, String type, boolean numbered) {

    @Nullable Object read(ResultSet row, int index) throws SQLException {
      return switch (type.toUpperCase(Locale.ROOT)) {
        case "TIMESTAMP WITH TIME ZONE" -> row.getObject(index, OffsetDateTime.class);
        case "UUID" -> row.getObject(index, UUID.class);
        case "BINARY VARYING", "BYTEA" -> row.getBytes(index);
        default -> row.getObject(index);
      };
    }
  }

  CopiedTable(String table, Handle copy) {
    this.table = table;
    this.copy = copy;
    this.columns =
        copy.createQuery(COLUMNS)
            .bind("table", table)
            .map(
                (row, context) ->
                    new Column(row.getString(1), row.getString(2), "YES".equals(row.getString(3))))
            .list();
  }

  /** Copies every row; returns how many. */
  int copyFrom(Handle original) {
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    String values = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    String insert =
        "INSERT INTO " + table + " (" + names + ") OVERRIDING SYSTEM VALUE VALUES (" + values + ")";
    try (Statement select = original.getConnection().createStatement();
        PreparedStatement into = copy.getConnection().prepareStatement(insert)) {
      select.setFetchSize(BATCH);
      int rows = copyRows(select, "SELECT " + names + " FROM " + table, into);
      columns.stream().filter(Column::numbered).forEach(this::goOnAfterTheLast);
      return rows;
    } catch (SQLException e) {
      throw SqlFailure.of(e).toException("table " + table + " cannot be copied", e);
    }
  }

  private int copyRows(Statement select, String query, PreparedStatement into) throws SQLException {
    int rows = 0;
    try (ResultSet row = select.executeQuery(query)) {
      while (row.next()) {
        for (int i = 0; i < columns.size(); i++) {
          into.setObject(i + 1, columns.get(i).read(row, i + 1));
        }
        into.addBatch();
        rows++;
        if (rows % BATCH == 0) {
          into.executeBatch();
        }
      }
    }
    into.executeBatch();
    return rows;
  }

  /** What every row holds, whatever their order, so that two tables can be held side by side. */
  TableDigest digest(Handle of) {
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    TableDigest digest = new TableDigest();
    try (Statement select = of.getConnection().createStatement()) {
      select.setFetchSize(BATCH);
      try (ResultSet row = select.executeQuery("SELECT " + names + " FROM " + table)) {
        while (row.next()) {
          List<@Nullable Object> values = new ArrayList<>();
          for (int i = 0; i < columns.size(); i++) {
            values.add(columns.get(i).read(row, i + 1));
          }
          digest.add(values);
        }
      }
      return digest;
    } catch (SQLException e) {
      throw SqlFailure.of(e).toException("table " + table + " cannot be read", e);
    }
  }

  private void goOnAfterTheLast(Column column) {
    long last =
        copy.createQuery("SELECT COALESCE(MAX(" + column.name() + "), 0) FROM " + table)
            .map((row, context) -> row.getLong(1))
            .one();
    copy.execute(
        "ALTER TABLE " + table + " ALTER COLUMN " + column.name() + " RESTART WITH " + (last + 1));
  }
}
