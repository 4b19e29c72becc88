package dev.inkan.admin.command;

import dev.inkan.core.api.Asked;
import dev.inkan.core.api.Cause;
import dev.inkan.core.api.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who asked for a revocation, how and why (D3). */
public final class AskedOptions {

  @Option(
      names = "--asked-by",
      paramLabel = "NAME",
      order = 20,
      description = "Who spoke for the organisation.")
  private @Nullable String askedBy;

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      order = 21,
      completionCandidates = EnumWords.Channels.class,
      description = "How it reached the bank: phone, paper or visit.")
  private @Nullable Channel channel;

  @Option(
      names = "--cause",
      paramLabel = "CAUSE",
      order = 22,
      completionCandidates = EnumWords.Causes.class,
      description = {
        "Why: lost, stolen, replaced, never-imported, staff-left, closing or other.",
        "The reason on the CRL follows from it."
      })
  private @Nullable Cause cause;

  @Option(
      names = "--lost-at",
      paramLabel = "TIME",
      order = 23,
      description = {
        "Since when the key is not to be trusted:",
        "2026-11-20 or \"2026-11-20 18:30\", in the bank's time."
      })
  private @Nullable Moment lostAt;

  @Option(names = "--note", paramLabel = "TEXT", order = 24, description = "Kept with it.")
  private @Nullable String note;

  /** Whether it was said who asked, or how. */
  public boolean namesAsker() {
    return askedBy != null || channel != null;
  }

  /** What was said of the cause. */
  public Optional<Cause> cause() {
    return Optional.ofNullable(cause);
  }

  /** What was said of the loss. */
  public Optional<Instant> lostAt(Session session) {
    return Optional.ofNullable(lostAt).map(it -> it.in(session));
  }

  /** What was noted. */
  public Optional<String> note() {
    return Optional.ofNullable(note);
  }

  /**
   * Checks that all is said that a request needs.
   *
   * @throws StoppedException if not
   */
  public void require() {
    List<String> missing = new ArrayList<>();
    if (askedBy == null) {
      missing.add("--asked-by NAME");
    }
    if (channel == null) {
      missing.add("--channel CHANNEL");
    }
    if (cause == null) {
      missing.add("--cause CAUSE");
    }
    if (!missing.isEmpty()) {
      throw new StoppedException(
          ExitStatus.USAGE,
          "a request says who asked, how and why: " + String.join(", ", missing) + " missing");
    }
  }

  /** All of it, after {@link #require}. */
  public Asked asked(Session session) {
    require();
    return new Asked(
        java.util.Objects.requireNonNull(askedBy),
        java.util.Objects.requireNonNull(channel),
        java.util.Objects.requireNonNull(cause),
        lostAt(session),
        note());
  }
}
