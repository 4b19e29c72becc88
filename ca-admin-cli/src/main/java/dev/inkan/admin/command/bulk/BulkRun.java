package dev.inkan.admin.command.bulk;

import dev.inkan.admin.client.Resource;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.command.StoppedException;
import dev.inkan.admin.output.ProgressBar;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.Progress;

/**
 * Runs an approved bulk revocation to its end, some at a time. What stops it in between, Ctrl-C
 * included, leaves it where it is; whoever runs it again goes on from there.
 */
final class BulkRun {

  private static final int AT_ONCE = 50;

  private final Session session;
  private final long number;
  private final ProgressBar bar;

  /** Read by the shutdown hook as well. */
  private volatile Progress reached;

  private BulkRun(Session session, BulkRevocation bulk) {
    this.session = session;
    this.number = bulk.number();
    this.bar =
        new ProgressBar(
            "revoking",
            session.terminal().err(),
            session.terminal().errIsTerminal(),
            session.clock());
    this.reached = bulk.progress();
  }

  /** Runs it; answers it as it is then. */
  static BulkRevocation toTheEnd(Session session, BulkRevocation bulk) {
    return new BulkRun(session, bulk).run(bulk);
  }

  private BulkRevocation run(BulkRevocation bulk) {
    Thread stopped = new Thread(this::sayHowToGoOn);
    Runtime.getRuntime().addShutdownHook(stopped);
    BulkRevocation current = bulk;
    boolean ended = false;
    try {
      show(current.progress());
      while (current.progress().pending() > 0) {
        current = step(current);
        show(current.progress());
      }
      ended = true;
      return current;
    } finally {
      Runtime.getRuntime().removeShutdownHook(stopped);
      bar.end();
      if (!ended) {
        session.note(howToGoOn());
      }
    }
  }

  private BulkRevocation step(BulkRevocation before) {
    BulkRevocation after =
        session
            .api()
            .post(
                Resource.of("bulk-revocations", Long.toString(number), "run").with("max", AT_ONCE),
                BulkRevocation.class);
    if (after.progress().pending() >= before.progress().pending()) {
      throw new StoppedException(
          ExitStatus.FAILED, "the server revokes no more of it; its log says why");
    }
    return after;
  }

  private void show(Progress progress) {
    reached = progress;
    bar.show(progress.total() - progress.pending(), progress.total());
  }

  /** In the shutdown hook: the process ends, and the last line must stand on its own. */
  private void sayHowToGoOn() {
    session.terminal().err().println();
    session.note(howToGoOn());
  }

  private String howToGoOn() {
    Progress progress = reached;
    return "Stopped: %d of %d are revoked, perhaps some more that the server was at.%ntry: inkan-admin bulk run %d"
        .formatted(progress.total() - progress.pending(), progress.total(), number);
  }
}
