package dev.inkan.server.store;

import dev.inkan.core.certificate.NodeName;

/** The timetable's rows, beside what the timetable itself does with them. */
public final class JdbiJobs {

  private static final String RELEASE =
      """
      UPDATE scheduled_tasks
      SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL, version = version + 1
      WHERE picked = TRUE AND picked_by = :node
      """;

  private final Database database;

  public JdbiJobs(Database database) {
    this.database = database;
  }

  /**
   * Gives back the jobs that {@code node} was at when it died, so that nobody need wait until its
   * silence tells. To be called before it starts its timetable.
   *
   * @return how many
   */
  public int release(NodeName node) {
    return database.inTransaction(
        handle -> handle.createUpdate(RELEASE).bind("node", node.value()).execute());
  }
}
