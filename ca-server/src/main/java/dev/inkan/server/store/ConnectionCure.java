package dev.inkan.server.store;

import dev.inkan.core.store.StoreUnavailableException;
import java.sql.SQLException;

/** What helps against a database that cannot be opened, by what it said. */
public final class ConnectionCure {

  private ConnectionCure() {}

  /** A sentence for whoever runs the server. */
  public static String of(StoreUnavailableException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused && refused.getSQLState() != null) {
        return of(refused.getSQLState());
      }
    }
    return "look at what it says, correct database.url, or restore the database from its backup";
  }

  private static String of(String state) {
    return switch (state) {
      case "28P01", "28000" ->
          "correct database.user and the file that database.password-file names";
      case "3D000" -> "make the database, or correct its name in database.url";
      case "08001", "08003", "08004", "08006" ->
          "start the database, open the way to it, or correct database.url";
      case "90020" -> "stop the server that has the file open";
      case "90030", "90028", "90031" -> "the file is damaged: restore the database from its backup";
      default -> "look up SQL state " + state + ", or restore the database from its backup";
    };
  }
}
