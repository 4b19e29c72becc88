package dev.inkan.server.store;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.policy.LockoutPolicy.Codes;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/** How users are read from {@code app_user u} joined to their {@code organisation o}. */
final class UserRows {

  static final String COLUMNS =
      """
      u.id, u.user_id, u.role, u.name, u.mail, u.language,
      u.password_hash, u.initial_until,
      u.failures, u.locks, u.locked_until, u.blocked, u.void_codes, u.code_locks,
      o.number AS organisation_number, o.name AS organisation_name
      """;

  private UserRows() {}

  static User toUser(ResultSet row, StatementContext context) throws SQLException {
    return new User(
        new SubscriberId(row.getString("id")),
        new UserId(row.getString("user_id")),
        UserRole.valueOf(row.getString("role")),
        new Organisation(row.getString("organisation_number"), row.getString("organisation_name")),
        row.getString("name"),
        new MailAddress(row.getString("mail")),
        Language.parse(row.getString("language")).orElseThrow(),
        new UserPassword(
            new PasswordHash(row.getString("password_hash")),
            Columns.optionalInstant(row, "initial_until")),
        toLock(row));
  }

  static Attempts toLock(ResultSet row) throws SQLException {
    return new Attempts(
        row.getInt("failures"),
        row.getInt("locks"),
        Columns.optionalInstant(row, "locked_until"),
        row.getBoolean("blocked"),
        new Codes(row.getInt("void_codes"), row.getInt("code_locks")));
  }
}
