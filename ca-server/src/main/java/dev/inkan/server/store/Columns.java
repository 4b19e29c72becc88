package dev.inkan.server.store;

import dev.inkan.server.registration.secret.SealedSecret;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** How values stand in columns: times in UTC to the microsecond, absent values as NULL. */
final class Columns {

  private Columns() {}

  // PostgreSQL rounds what is finer than a microsecond and H2 keeps it: cut it off for both.
  static OffsetDateTime utc(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static Optional<SealedSecret> optionalSecret(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getBytes(column)).map(SealedSecret::copyOf);
  }

  static <S extends SqlStatement<S>> S bindTime(S statement, String name, Optional<Instant> time) {
    return bind(statement, name, time.map(Columns::utc).orElse(null), OffsetDateTime.class);
  }

  static <S extends SqlStatement<S>> S bindText(S statement, String name, Optional<String> text) {
    return bind(statement, name, text.orElse(null), String.class);
  }

  static <S extends SqlStatement<S>> S bindSecret(
      S statement, String name, Optional<SealedSecret> secret) {
    return bind(statement, name, secret.map(SealedSecret::toByteArray).orElse(null), byte[].class);
  }

  static <S extends SqlStatement<S>> S bind(
      S statement, String name, @Nullable Object value, Type type) {
    return statement.bindByType(name, value, type);
  }
}
