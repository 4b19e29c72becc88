package dev.inkan.server.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;
import org.h2.api.ErrorCode;

/**
 * Tells the pool which of H2's errors mean that a connection is dead, so that the server goes on by
 * itself once the database is back: H2's codes are not among those the pool knows.
 */
final class ClosedH2 implements SQLExceptionOverride {

  private static final Set<Integer> DEAD =
      Set.of(
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.CONNECTION_BROKEN_1,
          ErrorCode.OBJECT_CLOSED);

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException failure) {
    return DEAD.contains(failure.getErrorCode())
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
