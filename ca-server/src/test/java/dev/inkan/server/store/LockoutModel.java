package dev.inkan.server.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lock-out rules of one user, in the words they are agreed in and with nothing of the program:
 * what every history of log-ins must come to. Times are milliseconds.
 *
 * <p>So many wrong passwords in a row lock for a while; afterwards the user can try again. So many
 * void codes in a row lock likewise. The last lock blocks until somebody unblocks. A success
 * clears: a right password what passwords brought, a right code what codes brought. While locked or
 * blocked nothing counts. An attempt counts as wrong from when it is taken until it proves right.
 */
final class LockoutModel {

  /** The numbers of the rules. */
  record Rules(int wrongPasswords, int voidCodes, int locks, long lockMillis) {}

  /** An attempt that was taken: what the account looked like, and what it did to it. */
  record Taken(int password, int locksByCodes, String mailIfWrong) {}

  private final Rules rules;
  private final List<String> mails = new ArrayList<>();
  private int password;
  private int wrongPasswords;
  private int voidCodes;
  private int locksByPasswords;
  private int locksByCodes;
  private long lockEnds = Long.MIN_VALUE;
  private boolean blocked;

  LockoutModel(Rules rules) {
    this.rules = rules;
  }

  /** Null if nothing may be tried. */
  @Nullable Taken take(long now) {
    if (blocked || now < lockEnds) {
      return null;
    }
    wrongPasswords++;
    String mail = "";
    if (wrongPasswords == rules.wrongPasswords()) {
      locksByPasswords++;
      mail = lock(now, "PASSWORDS " + rules.wrongPasswords());
    }
    return new Taken(password, locksByCodes, mail);
  }

  /** Whether the visitor gets in. */
  boolean settle(Taken taken, int typed) {
    if (typed != taken.password()) {
      if (!taken.mailIfWrong().isEmpty()) {
        mails.add(taken.mailIfWrong());
      }
      return false;
    }
    if (password != taken.password() || locksByCodes > taken.locksByCodes()) {
      return false;
    }
    rightPassword();
    return true;
  }

  void voidCode(long now) {
    if (!blocked && now >= lockEnds && ++voidCodes == rules.voidCodes()) {
      locksByCodes++;
      mails.add(lock(now, "CODES " + rules.voidCodes()));
    }
  }

  private String lock(long now, String cause) {
    wrongPasswords = 0;
    voidCodes = cause.startsWith("CODES") ? 0 : voidCodes;
    lockEnds = now + rules.lockMillis();
    blocked = locksByPasswords + locksByCodes >= rules.locks();
    return blocked
        ? "blocked " + cause.split(" ", -1)[0]
        : "locked " + cause + " until " + lockEnds;
  }

  void rightCode() {
    voidCodes = 0;
    locksByCodes = 0;
  }

  private void rightPassword() {
    wrongPasswords = 0;
    locksByPasswords = 0;
    lockEnds = Long.MIN_VALUE;
    blocked = false;
  }

  void unlock() {
    rightCode();
    rightPassword();
  }

  void newPassword(int number) {
    password = number;
  }

  int password() {
    return password;
  }

  /** Everything there is to compare. */
  String state() {
    return "%d wrong, %d void, %d locks of which %d by codes, until %d%s, mails %s"
        .formatted(
            wrongPasswords,
            voidCodes,
            locksByPasswords + locksByCodes,
            locksByCodes,
            lockEnds,
            blocked ? ", blocked" : "",
            mails);
  }
}
