package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Conditions of a query that are there or not, with what they are bound to. The texts are constants
 * of this package; what an operator typed is bound, never put into the text.
 */
final class Conditions {

  private final StringBuilder text = new StringBuilder(" WHERE TRUE");
  private final Map<String, Object> bound = new LinkedHashMap<>();

  /** Always. */
  Conditions and(String condition) {
    text.append(" AND ").append(condition);
    return this;
  }

  /** If {@code value} is there, which {@code condition} calls {@code :name}. */
  Conditions and(Optional<?> value, String name, String condition) {
    value.ifPresent(
        it -> {
          and(condition);
          bound.put(name, it instanceof Instant at ? utc(at) : it);
        });
    return this;
  }

  String text() {
    return text.toString();
  }

  Query on(Handle handle, String select, String order) {
    Query query = handle.createQuery(select + text + " " + order);
    bound.forEach(query::bind);
    return query;
  }

  /** A LIKE pattern, escaped by {@code !}, that finds {@code text} anywhere in lower case. */
  static String anywhere(String text) {
    return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
  }
}
