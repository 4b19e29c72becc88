package dev.inkan.server.store;

import dev.inkan.core.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a database's refusal may tell: its SQL state and the name of the constraint. Its text may
 * not be told, because both databases put column values there.
 *
 * @param constraint the violated constraint in lower case, where there is one
 */
record SqlFailure(String state, Optional<String> constraint) {

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String INTEGRITY_VIOLATIONS = "23";

  /**
   * H2: {@code "PUBLIC.USER_ID_IS_TAKEN INDEX ..."}; PostgreSQL: {@code constraint "..."}, which
   * may name the table before.
   */
  private static final Pattern CONSTRAINT =
      Pattern.compile("(?:^.*constraint \"|\"(?:PUBLIC\\.)?)([A-Za-z_]+)");

  static SqlFailure of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        return of(refused);
      }
    }
    return new SqlFailure("", Optional.empty());
  }

  private static SqlFailure of(SQLException refused) {
    String state = refused.getSQLState() == null ? "" : refused.getSQLState();
    String text = refused.getMessage() == null ? "" : refused.getMessage();
    Matcher name = CONSTRAINT.matcher(text);
    boolean named = state.startsWith(INTEGRITY_VIOLATIONS) && name.find();
    return new SqlFailure(
        state, named ? Optional.of(name.group(1).toLowerCase(Locale.ROOT)) : Optional.empty());
  }

  boolean isUniqueViolation() {
    return UNIQUE_VIOLATION.equals(state);
  }

  boolean isOf(String name) {
    return constraint.filter(name::equals).isPresent();
  }

  /** The exception for whoever asked: where it happened and the SQL state, but no values. */
  StoreUnavailableException toException(String what, Throwable failure) {
    SQLException cause = new SQLException("SQL state " + state, state);
    cause.setStackTrace(failure.getStackTrace());
    String why = constraint.map(name -> "constraint " + name).orElse("SQL state " + state);
    return new StoreUnavailableException(what + ": " + why, cause);
  }
}
