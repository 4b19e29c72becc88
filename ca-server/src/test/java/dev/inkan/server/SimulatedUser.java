package dev.inkan.server;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.registration.secret.LoginPassword;
import dev.inkan.server.registration.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A user as the bank's manual has them, counted by hand: what should become of their passwords and
 * certificates (A1, A3, B7, B8), without a line of the production code.
 */
final class SimulatedUser {

  /** What a user does when the certificate ends. */
  enum Habit {
    EARLY,
    LATE,
    AFTER_THE_END,
    NEVER
  }

  /** A certificate the user was issued. */
  record Held(SerialNumber serial, LocalDate lastDay, Instant issuedAt) {

    static Held issued(SerialNumber serial, Instant at, ZoneId zone) {
      return new Held(serial, LocalDate.ofInstant(at, zone).plusDays(365), at);
    }

    Instant windowOpens(ZoneId zone) {
      return lastDay.minusDays(30).atStartOfDay(zone).toInstant();
    }

    Instant ended(ZoneId zone) {
      return lastDay.plusDays(1).atStartOfDay(zone).toInstant();
    }
  }

  final String userId;
  final String password;
  final Habit habit;
  final List<Held> held = new ArrayList<>();
  int failures;
  int locks;
  Optional<Instant> lockedUntil = Optional.empty();
  boolean blocked;
  boolean removed;
  boolean applying;
  Optional<LocalDate> nextApply;

  SimulatedUser(String userId, String password, Habit habit, LocalDate first) {
    this.userId = userId;
    this.password = password;
    this.habit = habit;
    this.nextApply = Optional.of(first);
  }

  UserId id() {
    return new UserId(userId);
  }

  LoginPassword rightPassword() {
    return LoginPassword.parse(password.toCharArray()).orElseThrow();
  }

  LoginPassword wrongPassword() {
    return LoginPassword.parse("Wrong#00xx".toCharArray()).orElseThrow();
  }

  /** Whether even the right password is refused. */
  boolean isShutOutAt(Instant now) {
    return removed || blocked || lockedUntil.filter(now::isBefore).isPresent();
  }

  void right() {
    failures = 0;
    locks = 0;
    lockedUntil = Optional.empty();
    blocked = false;
  }

  /** Returns whether this try locked. */
  boolean wrong(Instant now) {
    failures++;
    if (failures < 6) {
      return false;
    }
    failures = 0;
    locks++;
    lockedUntil = Optional.of(now.plus(Duration.ofMinutes(60)));
    blocked = locks == 3;
    return true;
  }

  /** Whether a certificate is in the way of another one. */
  boolean mayHaveAnother(Instant now, ZoneId zone) {
    return held.stream().noneMatch(it -> now.isBefore(it.windowOpens(zone)));
  }

  /** The newest certificate, unless it was revoked or is over. */
  Optional<Held> usable(Instant now, ZoneId zone) {
    return held.isEmpty()
        ? Optional.empty()
        : Optional.of(held.get(held.size() - 1)).filter(it -> now.isBefore(it.ended(zone)));
  }
}
