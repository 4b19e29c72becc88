package dev.inkan.server.registration.administration;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.secret.PasswordHasher;
import dev.inkan.server.registration.user.DuplicateUserException;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import dev.inkan.server.registration.user.UserStores;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Takes users from a CSV file: all of them, or none and a list of what is wrong, by line. Safe for
 * several threads.
 */
public final class UserImport {

  /** The file's first line. */
  public static final List<String> COLUMNS =
      List.of(
          "organisation_number",
          "organisation_name",
          "user_id",
          "role",
          "name",
          "mail",
          "password");

  private static final String WRONG_COLUMNS =
      "line 1: the columns must be " + String.join(",", COLUMNS);
  private static final int MAXIMUM_ROWS = 20_000;
  private static final int MAXIMUM_PROBLEMS = 50;

  private final Transactions<? extends UserStores> transactions;
  private final PasswordHasher hasher;
  private final NodeName node;
  private final Clock clock;
  private final Supplier<UUID> ids;

  /**
   * @param ids a new random identifier at each call
   */
  public UserImport(
      Transactions<? extends UserStores> transactions,
      PasswordHasher hasher,
      NodeName node,
      Clock clock,
      Supplier<UUID> ids) {
    this.transactions = transactions;
    this.hasher = hasher;
    this.node = node;
    this.clock = clock;
    this.ids = ids;
  }

  /** What became of a file: either {@code imported} users, or problems and nothing imported. */
  public record Result(int imported, List<String> problems) {}

  /**
   * Imports the file; its passwords are the users' own, known to nobody else.
   *
   * @throws UncheckedIOException if it cannot be read, or is no UTF-8
   */
  public Result importUsers(Reader csv) {
    return importUsers(csv, user -> user);
  }

  /**
   * Imports the file; its passwords are initial ones, which the users have to change (C5).
   *
   * @param until when they end
   * @throws UncheckedIOException if it cannot be read, or is no UTF-8
   */
  public Result importUsers(Reader csv, Instant until) {
    return importUsers(csv, user -> user.with(UserPassword.initial(user.password().hash(), until)));
  }

  private Result importUsers(Reader csv, UnaryOperator<User> finish) {
    List<String> problems = new ArrayList<>();
    List<User> users = read(csv, problems).stream().map(finish).toList();
    if (problems.isEmpty() && users.isEmpty()) {
      problems.add("the file holds no user");
    }
    if (!problems.isEmpty()) {
      return new Result(0, List.copyOf(problems));
    }
    try {
      return transactions.inTransaction(
          stores -> {
            users.forEach(user -> add(stores, user));
            return new Result(users.size(), List.of());
          });
    } catch (DuplicateUserException e) {
      return new Result(0, List.of(String.valueOf(e.getMessage())));
    }
  }

  private List<User> read(Reader csv, List<String> problems) {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (CSVParser parser = CSVParser.parse(withoutByteOrderMark(csv), format)) {
      if (parser.getHeaderNames().equals(COLUMNS)) {
        return rows(parser, problems);
      }
      problems.add(WRONG_COLUMNS);
    } catch (IllegalArgumentException | CSVException e) {
      problems.add(WRONG_COLUMNS); // one is empty, stands twice or has a broken quotation
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of();
  }

  private List<User> rows(CSVParser parser, List<String> problems) {
    List<User> users = new ArrayList<>();
    Set<UserId> seen = new HashSet<>();
    try {
      for (CSVRecord row : parser) {
        if (users.size() == MAXIMUM_ROWS) {
          problems.add("line " + parser.getCurrentLineNumber() + ": more than " + MAXIMUM_ROWS);
        }
        if (problems.size() >= MAXIMUM_PROBLEMS || users.size() == MAXIMUM_ROWS) {
          return users;
        }
        toUser(row, parser.getCurrentLineNumber(), seen, problems).ifPresent(users::add);
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof CSVException)) {
        throw e;
      }
      problems.add(
          "line "
              + parser.getCurrentLineNumber()
              + ": a quotation mark is not closed, or stands in the middle of a value");
    }
    return users;
  }

  private Optional<User> toUser(CSVRecord row, long line, Set<UserId> seen, List<String> problems) {
    int before = problems.size();
    if (!row.isConsistent()) {
      problems.add("line " + line + ": must have " + COLUMNS.size() + " columns");
      return Optional.empty();
    }
    Optional<UserId> userId = UserId.parse(row.get("user_id"));
    Optional<MailAddress> mail = MailAddress.parse(row.get("mail"));
    Optional<LoginPassword> password = LoginPassword.parse(row.get("password").toCharArray());
    Optional<UserRole> role = role(row.get("role"));
    Optional<Organisation> organisation = organisation(row, line, problems);
    if (userId.isEmpty()) {
      problems.add("line " + line + ": user_id must be 6-12 letters and digits, some of each");
    } else if (!seen.add(userId.get())) {
      problems.add("line " + line + ": user_id " + userId.get() + " stands twice in the file");
    }
    if (mail.isEmpty()) {
      problems.add("line " + line + ": mail is not a mail address");
    }
    if (password.isEmpty()) {
      problems.add("line " + line + ": password must have 8-12 characters, all four kinds");
    }
    if (role.isEmpty()) {
      problems.add("line " + line + ": role must be master or general");
    }
    if (problems.size() > before) {
      return Optional.empty();
    }
    try (LoginPassword secret = password.orElseThrow()) {
      return Optional.of(
          new User(
              new SubscriberId(ids.get().toString()),
              userId.orElseThrow(),
              role.orElseThrow(),
              organisation.orElseThrow(),
              row.get("name"),
              mail.orElseThrow(),
              Language.JAPANESE,
              UserPassword.own(hasher.hash(secret)),
              Attempts.NONE));
    } catch (IllegalArgumentException e) {
      problems.add("line " + line + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<UserRole> role(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "master" -> Optional.of(UserRole.MASTER);
      case "general" -> Optional.of(UserRole.GENERAL);
      default -> Optional.empty();
    };
  }

  private static Optional<Organisation> organisation(
      CSVRecord row, long line, List<String> problems) {
    try {
      return Optional.of(
          new Organisation(row.get("organisation_number"), row.get("organisation_name")));
    } catch (IllegalArgumentException e) {
      problems.add("line " + line + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void add(UserStores stores, User user) {
    stores.users().add(user);
    stores
        .audit()
        .append(
            new AuditEvent(
                clock.instant(),
                new Actor(Actor.Kind.SYSTEM, node.value()),
                AuditAction.USER_IMPORTED,
                Optional.of(user.id()),
                Optional.empty(),
                user.userId().value()));
  }

  // Excel writes one before its UTF-8.
  private static Reader withoutByteOrderMark(Reader csv) throws IOException {
    PushbackReader reader = new PushbackReader(csv);
    int first = reader.read();
    if (first != '\ufeff' && first != -1) {
      reader.unread(first);
    }
    return reader;
  }
}
