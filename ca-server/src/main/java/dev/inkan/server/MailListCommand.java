package dev.inkan.server;

import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.output.Listing;
import dev.inkan.server.output.Listing.Column;
import dev.inkan.server.registration.MailEntry;
import dev.inkan.server.registration.MailNumber;
import dev.inkan.server.registration.MailRegister;
import dev.inkan.server.registration.MailState;
import dev.inkan.server.registration.UserId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mail list}: what became of mails, never what they say. */
@Command(
    name = "list",
    description = "Lists mails, the newest first, and what became of each; never their text.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage",
      "3:no mail has this number, or no user this ID"
    },
    mixinStandardHelpOptions = true)
final class MailListCommand implements Callable<Integer> {

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;
  @Spec private CommandSpec spec;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only these: queued, sent, refused or dropped.")
  private @Nullable MailState state;

  @Option(names = "--user", paramLabel = "ID", description = "Only mails to this user.")
  private @Nullable String user;

  @Option(names = "--number", paramLabel = "N", description = "Only the mail with this number.")
  private @Nullable Long number;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many at most (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json or csv (default: ${DEFAULT-VALUE}).")
  private Listing.Format output;

  MailListCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Integer call() {
    Optional<UserId> wanted = Optional.ofNullable(user).map(this::userId);
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit must be 1 or more");
    }
    InkanConfig loaded = config.load();
    try (Storage storage = Storage.open(loaded, clock, random)) {
      if (wanted.isPresent() && !isKnown(storage, wanted.get())) {
        spec.commandLine().getErr().println("error: no user has the ID " + wanted.get());
        return ExitStatus.NOT_FOUND;
      }
      MailRegister.Search search =
          new MailRegister.Search(
              Optional.ofNullable(state),
              wanted,
              Optional.ofNullable(number).map(MailNumber::new),
              limit);
      List<MailEntry> found =
          storage.transactions().inTransaction(stores -> stores.mails().list(search));
      return print(found, loaded.bank().zone());
    }
  }

  private UserId userId(String text) {
    return UserId.parse(text)
        .orElseThrow(
            () -> new ParameterException(spec.commandLine(), "--user " + text + " is no user ID"));
  }

  private static boolean isKnown(Storage storage, UserId userId) {
    return storage
        .transactions()
        .inTransaction(stores -> stores.masters().holder(userId).isPresent());
  }

  private int print(List<MailEntry> found, ZoneId zone) {
    if (found.isEmpty() && number != null) {
      return MailRetryCommand.notFound(spec.commandLine().getErr(), number);
    }
    listing(zone).print(found, output, spec.commandLine().getOut());
    if (found.size() == limit && number == null) {
      spec.commandLine().getErr().println("There may be more; raise --limit to see them.");
    }
    return ExitStatus.DONE;
  }

  private static Listing<MailEntry> listing(ZoneId zone) {
    DateTimeFormatter times =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(zone);
    return new Listing<>(
        List.of(
            Column.of("number", mail -> Optional.of(mail.number().value())),
            Column.of("state", mail -> Optional.of(word(mail.state()))),
            Column.of("kind", mail -> Optional.of(mail.kind())),
            Column.of("user", mail -> mail.userId().map(UserId::value)),
            Column.of("to", mail -> Optional.of(mail.to().value())),
            Column.of("attempts", mail -> Optional.of(mail.attempts())),
            time("made", mail -> Optional.of(mail.createdAt()), times),
            time("next", MailListCommand::next, times),
            time("ended", MailEntry::endedAt, times),
            Column.of("reason", MailEntry::reason)));
  }

  private static Optional<Instant> next(MailEntry mail) {
    return mail.state() == MailState.QUEUED ? Optional.of(mail.dueAt()) : Optional.empty();
  }

  private static Column<MailEntry> time(
      String name, Function<MailEntry, Optional<Instant>> at, DateTimeFormatter times) {
    return new Column<>(
        name,
        mail -> at.apply(mail).map(times::format),
        mail -> at.apply(mail).map(Instant::toString));
  }

  private static String word(MailState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
