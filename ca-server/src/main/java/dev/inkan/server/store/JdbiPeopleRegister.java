package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;
import static java.time.temporal.ChronoUnit.SECONDS;

import dev.inkan.core.api.AccountState;
import dev.inkan.core.api.LetterState;
import dev.inkan.core.api.LetterStatus;
import dev.inkan.core.api.Organisation;
import dev.inkan.core.api.OrganisationMaster;
import dev.inkan.core.api.OrganisationState;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.User;
import dev.inkan.core.api.UserRole;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.operation.Paging;
import dev.inkan.server.operation.PeopleRegister;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** {@link PeopleRegister} over organisations and users, inside the handle's transaction. */
final class JdbiPeopleRegister implements PeopleRegister {

  private static final String COUNTS =
      "c.kind = 'SUBSCRIBER' AND c.state = 'ISSUED' AND c.revoked_at IS NULL AND c.not_after >= :now";

  private static final String ORGANISATIONS =
      """
      SELECT o.number, o.name, o.state, o.state_since,
             m.user_id, m.initial_until, m.locked_until, m.blocked, m.removed_at,
             i.login_id, i.expires_at, i.used_at, i.locked_until AS letter_locked_until,
             i.blocked AS letter_blocked,
             (SELECT COUNT(*) FROM app_user x
              WHERE x.organisation_number = o.number AND x.removed_at IS NULL) AS users,
             (SELECT COUNT(*) FROM certificate c JOIN app_user x ON x.id = c.subscriber_id
              WHERE x.organisation_number = o.number AND
      """
          + COUNTS
          + """
             ) AS valid
      FROM organisation o
      LEFT JOIN app_user m ON m.master_of = o.number AND m.removed_at IS NULL
      LEFT JOIN master_invitation i ON i.organisation_number = o.number
      """;

  private static final String USERS =
      """
      SELECT u.user_id, u.name, u.mail, u.role, u.locked_until, u.blocked, u.initial_until,
             u.removed_at, o.number AS organisation_number, o.name AS organisation_name,
             (SELECT COUNT(*) FROM certificate c WHERE c.subscriber_id = u.id AND
      """
          + COUNTS
          + """
             ) AS valid
      FROM app_user u JOIN organisation o ON o.number = u.organisation_number
      """;

  private static final String CHANGE =
      """
      UPDATE organisation SET state = :to, state_since = :at
      WHERE number = :number AND state IN (<from>)
      """;

  private static final String USERS_OF =
      """
      SELECT id FROM app_user WHERE organisation_number = :number AND removed_at IS NULL ORDER BY id
      """;

  private final Handle handle;

  JdbiPeopleRegister(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Page<Organisation> organisations(
      Optional<OrganisationState> state, Paging paging, Instant now) {
    List<Organisation> read =
        new Conditions()
            .and(state.map(OrganisationState::name), "state", "o.state = :state")
            .and(paging.after(), "after", "o.number > :after")
            .on(handle, ORGANISATIONS, "ORDER BY o.number FETCH FIRST :limit ROWS ONLY")
            .bind("limit", paging.limit() + 1)
            .bind("now", utc(now.truncatedTo(SECONDS)))
            .map((row, context) -> toOrganisation(row, now))
            .list();
    return paging.page(read, it -> it, Organisation::number);
  }

  @Override
  public Optional<Organisation> organisation(String number, Instant now) {
    return handle
        .createQuery(ORGANISATIONS + " WHERE o.number = :number")
        .bind("number", number)
        .bind("now", utc(now.truncatedTo(SECONDS)))
        .map((row, context) -> toOrganisation(row, now))
        .findOne();
  }

  @Override
  public boolean change(
      String number, Set<OrganisationState> from, OrganisationState to, Instant at) {
    return handle
            .createUpdate(CHANGE)
            .bindList("from", from.stream().map(OrganisationState::name).toList())
            .bind("number", number)
            .bind("to", to.name())
            .bind("at", utc(at))
            .execute()
        == 1;
  }

  @Override
  public List<SubscriberId> usersOf(String organisation) {
    return handle
        .createQuery(USERS_OF)
        .bind("number", organisation)
        .map((row, context) -> new SubscriberId(row.getString("id")))
        .list();
  }

  @Override
  public Page<User> users(UserSearch search, Paging paging, Instant now) {
    Conditions conditions =
        new Conditions()
            .and(search.organisation(), "organisation", "o.number = :organisation")
            .and(
                search.text().map(Conditions::anywhere),
                "text",
                "(LOWER(u.user_id) LIKE :text ESCAPE '!' OR LOWER(u.name) LIKE :text ESCAPE '!'"
                    + " OR LOWER(u.mail) LIKE :text ESCAPE '!')")
            .and(paging.after(), "after", "u.user_id > :after")
            .and(
                search.state().map(JdbiPeopleRegister::conditionOf).orElse("u.removed_at IS NULL"));
    List<User> read =
        conditions
            .on(handle, USERS, "ORDER BY u.user_id FETCH FIRST :limit ROWS ONLY")
            .bind("limit", paging.limit() + 1)
            .bind("now", utc(now.truncatedTo(SECONDS)))
            .map((row, context) -> toUser(row, now))
            .list();
    return paging.page(read, it -> it, User::userId);
  }

  private static String conditionOf(AccountState state) {
    String open = "u.removed_at IS NULL AND NOT u.blocked";
    String unlocked = open + " AND (u.locked_until IS NULL OR u.locked_until <= :now)";
    return switch (state) {
      case REMOVED -> "u.removed_at IS NOT NULL";
      case BLOCKED -> "u.removed_at IS NULL AND u.blocked";
      case LOCKED -> open + " AND u.locked_until > :now";
      case INITIAL_PASSWORD_OVER -> unlocked + " AND u.initial_until <= :now";
      case INITIAL_PASSWORD -> unlocked + " AND u.initial_until > :now";
      case ACTIVE -> unlocked + " AND u.initial_until IS NULL";
    };
  }

  @Override
  public Optional<User> user(String userId, Instant now) {
    return handle
        .createQuery(USERS + " WHERE u.user_id = :user")
        .bind("user", userId)
        .bind("now", utc(now.truncatedTo(SECONDS)))
        .map((row, context) -> toUser(row, now))
        .findOne();
  }

  private static Organisation toOrganisation(ResultSet row, Instant now) throws SQLException {
    Optional<OrganisationMaster> master = Optional.empty();
    Optional<String> userId = Columns.optionalText(row, "user_id");
    if (userId.isPresent()) {
      master = Optional.of(new OrganisationMaster(userId.get(), accountState(row, now)));
    }
    Optional<LetterStatus> letter = Optional.empty();
    Optional<String> loginId = Columns.optionalText(row, "login_id");
    if (loginId.isPresent()) {
      Instant until = Columns.instant(row, "expires_at");
      letter = Optional.of(new LetterStatus(loginId.get(), letterState(row, until, now), until));
    }
    return new Organisation(
        row.getString("number"),
        row.getString("name"),
        OrganisationState.valueOf(row.getString("state")),
        Columns.optionalInstant(row, "state_since"),
        master,
        letter,
        row.getInt("users"),
        row.getInt("valid"));
  }

  private static LetterState letterState(ResultSet row, Instant until, Instant now)
      throws SQLException {
    if (row.getObject("used_at") != null) {
      return LetterState.USED;
    }
    if (!now.isBefore(until)) {
      return LetterState.EXPIRED;
    }
    if (row.getBoolean("letter_blocked")) {
      return LetterState.BLOCKED;
    }
    return Columns.optionalInstant(row, "letter_locked_until").filter(now::isBefore).isPresent()
        ? LetterState.LOCKED
        : LetterState.OPEN;
  }

  private static User toUser(ResultSet row, Instant now) throws SQLException {
    return new User(
        row.getString("user_id"),
        row.getString("name"),
        row.getString("mail"),
        UserRole.valueOf(row.getString("role")),
        row.getString("organisation_number"),
        row.getString("organisation_name"),
        accountState(row, now),
        Columns.optionalInstant(row, "locked_until").filter(now::isBefore),
        Columns.optionalInstant(row, "initial_until"),
        Columns.optionalInstant(row, "removed_at"),
        row.getInt("valid"));
  }

  private static AccountState accountState(ResultSet row, Instant now) throws SQLException {
    if (row.getObject("removed_at") != null) {
      return AccountState.REMOVED;
    }
    if (row.getBoolean("blocked")) {
      return AccountState.BLOCKED;
    }
    if (Columns.optionalInstant(row, "locked_until").filter(now::isBefore).isPresent()) {
      return AccountState.LOCKED;
    }
    Optional<Instant> initial = Columns.optionalInstant(row, "initial_until");
    if (initial.isEmpty()) {
      return AccountState.ACTIVE;
    }
    return now.isBefore(initial.get())
        ? AccountState.INITIAL_PASSWORD
        : AccountState.INITIAL_PASSWORD_OVER;
  }
}
