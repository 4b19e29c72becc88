package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.policy.LockoutPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.user.UserId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What counts against users, in the {@code app_user} table, inside the handle's transaction. Every
 * count is one conditional update.
 */
final class JdbiAttempts {

  private static final int VAIN_ROWS = 256;

  /** No row has an empty identifier. */
  private static final String NO_ROW = "";

  private static final String SELECT =
      """
      SELECT failures, locks, locked_until, blocked, void_codes, code_locks
      FROM app_user WHERE id = :id
      """;

  private static final String SELECT_IN_VAIN =
      """
      SELECT failures, locks, locked_until, blocked, void_codes, code_locks
      FROM attempt_in_vain WHERE id = :id
      """;

  private static final String WHERE_MAY_TRY =
      """
      WHERE id = :id AND removed_at IS NULL AND NOT blocked
        AND (locked_until IS NULL OR locked_until <= :now)
      """;

  private static final String RESERVE =
      """
      UPDATE app_user
      SET failures = CASE WHEN failures + 1 >= :failures THEN 0 ELSE failures + 1 END,
          locks = CASE WHEN failures + 1 >= :failures THEN locks + 1 ELSE locks END,
          locked_until = CASE WHEN failures + 1 >= :failures THEN :until ELSE locked_until END,
          blocked = (failures + 1 >= :failures AND locks + 1 >= :locks)
      """
          + WHERE_MAY_TRY;

  private static final String COUNT_VOID_CODE =
      """
      UPDATE app_user
      SET void_codes = CASE WHEN void_codes + 1 >= :codes THEN 0 ELSE void_codes + 1 END,
          code_locks = CASE WHEN void_codes + 1 >= :codes THEN code_locks + 1 ELSE code_locks END,
          failures = CASE WHEN void_codes + 1 >= :codes THEN 0 ELSE failures END,
          locks = CASE WHEN void_codes + 1 >= :codes THEN locks + 1 ELSE locks END,
          locked_until = CASE WHEN void_codes + 1 >= :codes THEN :until ELSE locked_until END,
          blocked = (void_codes + 1 >= :codes AND locks + 1 >= :locks)
      """
          + WHERE_MAY_TRY;

  private static final String COUNT_IN_VAIN =
      """
      UPDATE attempt_in_vain
      SET failures = CASE WHEN failures + 1 >= :failures THEN 0 ELSE failures + 1 END,
          locks = CASE WHEN failures + 1 >= :failures THEN locks + 1 ELSE locks END,
          locked_until = CASE WHEN failures + 1 >= :failures THEN :until ELSE locked_until END
      WHERE id = :id
      """;

  private static final String CLEAR =
      """
      UPDATE app_user SET failures = 0, locks = code_locks, locked_until = NULL, blocked = FALSE
      WHERE id = :id AND removed_at IS NULL AND password_hash = :verified
        AND code_locks <= :codeLocks
      """;

  private static final String CLEAR_VOID_CODES =
      """
      UPDATE app_user SET void_codes = 0, locks = locks - code_locks, code_locks = 0
      WHERE id = :id AND (void_codes > 0 OR code_locks > 0)
      """;

  private static final String UNLOCK =
      """
      UPDATE app_user
      SET failures = 0, locks = 0, locked_until = NULL, blocked = FALSE, void_codes = 0,
          code_locks = 0
      WHERE id = :id AND removed_at IS NULL
        AND (failures > 0 OR locks > 0 OR locked_until IS NOT NULL OR blocked OR void_codes > 0)
      """;

  private final Handle handle;

  JdbiAttempts(Handle handle) {
    this.handle = handle;
  }

  /** The same three statements, whether the attempt is taken or not; a row is written in each. */
  Optional<Attempts> reserve(SubscriberId id, Instant now, LockoutPolicy policy) {
    boolean taken = tryReserve(id.value(), now, policy);
    countInVain(taken ? NO_ROW : vainRow(id.value()), now, policy);
    Optional<Attempts> counted = select(SELECT, id.value());
    return taken ? counted : Optional.empty();
  }

  /** What {@link #reserve} does, for a user who does not exist. */
  void reserveInVain(UserId typed, Instant now, LockoutPolicy policy) {
    String row = vainRow(typed.value());
    boolean never = tryReserve(NO_ROW, now, policy);
    countInVain(row, now, policy);
    if (never || select(SELECT_IN_VAIN, row).isEmpty()) {
      throw new IllegalStateException("the rows for attempts in vain are not as migrated");
    }
  }

  private boolean tryReserve(String id, Instant now, LockoutPolicy policy) {
    return handle
            .createUpdate(RESERVE)
            .bind("id", id)
            .bind("now", utc(now))
            .bind("until", utc(now.plus(policy.lockout())))
            .bind("failures", policy.maximumFailures())
            .bind("locks", policy.locksUntilBlocked())
            .execute()
        == 1;
  }

  private void countInVain(String row, Instant now, LockoutPolicy policy) {
    handle
        .createUpdate(COUNT_IN_VAIN)
        .bind("id", row)
        .bind("until", utc(now.plus(policy.lockout())))
        .bind("failures", policy.maximumFailures())
        .execute();
  }

  private static String vainRow(String key) {
    return String.format(Locale.ROOT, "vain-%02x", Math.floorMod(key.hashCode(), VAIN_ROWS));
  }

  Optional<Attempts> countVoidCode(
      SubscriberId id, Instant now, int voidCodesUntilLocked, LockoutPolicy policy) {
    int counted =
        handle
            .createUpdate(COUNT_VOID_CODE)
            .bind("id", id.value())
            .bind("now", utc(now))
            .bind("until", utc(now.plus(policy.lockout())))
            .bind("locks", policy.locksUntilBlocked())
            .bind("codes", voidCodesUntilLocked)
            .execute();
    return counted == 0 ? Optional.empty() : select(SELECT, id.value());
  }

  private Optional<Attempts> select(String sql, String id) {
    return handle
        .createQuery(sql)
        .bind("id", id)
        .map((row, context) -> UserRows.toLock(row))
        .findOne();
  }

  boolean clear(SubscriberId id, PasswordHash verified, Attempts reserved) {
    return handle
            .createUpdate(CLEAR)
            .bind("id", id.value())
            .bind("verified", verified.phc())
            .bind("codeLocks", reserved.codes().locks())
            .execute()
        == 1;
  }

  void clearVoidCodes(SubscriberId id) {
    handle.createUpdate(CLEAR_VOID_CODES).bind("id", id.value()).execute();
  }

  boolean unlock(SubscriberId id) {
    return handle.createUpdate(UNLOCK).bind("id", id.value()).execute() == 1;
  }
}
