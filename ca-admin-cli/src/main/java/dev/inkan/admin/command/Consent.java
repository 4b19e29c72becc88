package dev.inkan.admin.command;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Whether what was shown may be done: {@code --yes}, {@code --dry-run}, else a question. */
public final class Consent {

  private static final Set<String> YES = Set.of("yes", "y");

  @Option(names = "--yes", order = 60, description = "Does it without asking.")
  private boolean yes;

  @Option(names = "--dry-run", order = 61, description = "Says what it would do, and does nothing.")
  private boolean dryRun;

  /** Whether nothing is to be done. */
  public boolean isDryRun() {
    return dryRun;
  }

  /** What the API is to be told in {@code dryRun}, or nothing. */
  public Optional<Boolean> dryRunParameter() {
    return dryRun ? Optional.of(true) : Optional.empty();
  }

  /** Whether to go on; if not, whoever typed the command knows that nothing was changed. */
  public boolean isGiven(Session session) {
    if (dryRun) {
      session.note("Nothing was changed: this was a dry run.");
      return false;
    }
    if (yes) {
      return true;
    }
    Optional<String> answer = session.terminal().ask("Go on? Type yes: ");
    if (answer.isEmpty()) {
      session.note("error: nobody to ask. Nothing was changed.");
      session.note("try: the same with --yes");
      return false;
    }
    boolean given = YES.contains(answer.get().strip().toLowerCase(Locale.ROOT));
    if (!given) {
      session.note("Nothing was changed.");
    }
    return given;
  }

  /** How a command ends that has no consent. */
  public int statusWithout() {
    return dryRun ? ExitStatus.DONE : ExitStatus.REFUSED;
  }
}
