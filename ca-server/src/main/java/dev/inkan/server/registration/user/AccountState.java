package dev.inkan.server.registration.user;

import java.time.Instant;

/** Whether a user can go to work, and what stands in the way: the weightiest first. */
public enum AccountState {
  /** 閉塞: somebody has to unblock. */
  BLOCKED,
  /** ロック中: ends by itself. */
  LOCKED,
  /** The initial password is over; somebody has to set another. */
  INITIAL_PASSWORD_OVER,
  /** Nobody has used the initial password yet. */
  INITIAL_PASSWORD,
  /** 利用中. */
  ACTIVE;

  /** The state of {@code user} at {@code now}. */
  public static AccountState of(User user, Instant now) {
    if (user.lock().blocked()) {
      return BLOCKED;
    } else if (user.lock().isLockedAt(now)) {
      return LOCKED;
    } else if (user.password().isOverAt(now)) {
      return INITIAL_PASSWORD_OVER;
    }
    return user.password().isInitial() ? INITIAL_PASSWORD : ACTIVE;
  }

  /** Whether a password may not even be tried. */
  public boolean refuses() {
    return this == BLOCKED || this == LOCKED;
  }
}
