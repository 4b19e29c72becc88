package dev.inkan.server;

import dev.inkan.server.installation.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must be true at the end of every day, read from the database with SQL and arithmetic of its
 * own: A1, A4, A8 and B7.
 */
final class DayChecks {

  private static final String CERTIFICATES =
      """
      SELECT serial_number, subscriber_id, not_after, prepared_at, revoked_at FROM certificate
      WHERE kind = 'SUBSCRIBER' AND state = 'ISSUED'
      """;

  private static final String USERS =
      """
      SELECT id, user_id, failures, locks, locked_until, blocked, removed_at FROM app_user
      """;

  private static final String MAILS =
      """
      SELECT number, serial_number, kind, state, created_at, ended_at, deadline, attempts
      FROM mail_outbox WHERE kind IN ('expiring', 'expired')
      """;

  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(3);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final Storage storage;
  private final FaultyTransport transport;
  private final ZoneId zone;

  private record Certificate(
      String serial, String owner, Instant notAfter, Instant prepared, Optional<Instant> revoked) {

    boolean countsAt(Instant at) {
      return revoked.filter(it -> !it.isAfter(at)).isEmpty();
    }

    boolean isBefore(Certificate other) {
      return owner.equals(other.owner) && prepared.isBefore(other.prepared);
    }
  }

  private record Account(
      String id,
      String userId,
      int failures,
      int locks,
      Optional<Instant> lockedUntil,
      boolean blocked,
      Optional<Instant> removed) {}

  private record Mail(
      long number,
      String serial,
      String kind,
      String state,
      Instant created,
      Optional<Instant> ended,
      Optional<Instant> deadline,
      int attempts) {}

  DayChecks(Storage storage, FaultyTransport transport, ZoneId zone) {
    this.storage = storage;
    this.transport = transport;
    this.zone = zone;
  }

  /** What is wrong at {@code now}. */
  List<String> violations(Instant now, List<SimulatedUser> users) {
    List<String> wrong = new ArrayList<>();
    Map<String, List<Certificate>> certificates = new HashMap<>();
    for (Certificate certificate : Rows.of(storage, CERTIFICATES, DayChecks::certificate)) {
      certificates.computeIfAbsent(certificate.owner(), it -> new ArrayList<>()).add(certificate);
    }
    Map<String, Account> accounts = new HashMap<>();
    Rows.of(storage, USERS, DayChecks::account).forEach(it -> accounts.put(it.id(), it));
    Map<String, List<Mail>> mails = new HashMap<>();
    for (Mail mail : Rows.of(storage, MAILS, DayChecks::mail)) {
      mails.computeIfAbsent(mail.serial() + mail.kind(), it -> new ArrayList<>()).add(mail);
    }
    for (List<Certificate> ofOne : certificates.values()) {
      Account owner = accounts.get(ofOne.get(0).owner());
      if (owner == null) {
        wrong.add("A8: a certificate of nobody: " + ofOne);
        continue;
      }
      certificates(ofOne, now).forEach(it -> wrong.add(owner.userId() + ": " + it));
      for (Certificate one : ofOne) {
        expiry(one, ofOne, owner, mails, now)
            .forEach(it -> wrong.add(owner.userId() + " " + one.serial() + ": " + it));
      }
    }
    locks(accounts, users, now).forEach(wrong::add);
    return wrong;
  }

  // A1, A8

  private Stream<String> certificates(List<Certificate> ofOne, Instant now) {
    List<String> wrong = new ArrayList<>();
    long occupying =
        ofOne.stream()
            .filter(it -> it.countsAt(now) && !now.isAfter(it.notAfter()))
            .filter(it -> now.isBefore(opens(it)))
            .count();
    if (occupying > 1) {
      wrong.add("A8: " + occupying + " certificates outside their window: " + ofOne);
    }
    for (Certificate one : ofOne) {
      LocalDate last = LocalDate.ofInstant(one.prepared(), zone).plusDays(365);
      if (!one.notAfter().equals(last.atTime(LocalTime.of(23, 59, 59)).atZone(zone).toInstant())) {
        wrong.add("A1: prepared at " + one.prepared() + " until " + one.notAfter());
      }
      ofOne.stream()
          .filter(one::isBefore)
          .filter(it -> one.countsAt(it.prepared()) && it.prepared().isBefore(opens(one)))
          .forEach(it -> wrong.add("A3, A8: " + it + " was issued while " + one + " counted"));
    }
    return wrong.stream();
  }

  private Instant opens(Certificate certificate) {
    return lastDay(certificate).minusDays(30).atStartOfDay(zone).toInstant();
  }

  private Instant ended(Certificate certificate) {
    return lastDay(certificate).plusDays(1).atStartOfDay(zone).toInstant();
  }

  private LocalDate lastDay(Certificate certificate) {
    return LocalDate.ofInstant(certificate.notAfter(), zone);
  }

  // A4

  private Stream<String> expiry(
      Certificate one,
      List<Certificate> all,
      Account owner,
      Map<String, List<Mail>> mails,
      Instant now) {
    return Stream.of("expiring", "expired")
        .flatMap(
            kind -> {
              Instant due = kind.equals("expiring") ? opens(one) : ended(one);
              List<Mail> told = mails.getOrDefault(one.serial() + kind, List.of());
              boolean must =
                  !due.isAfter(now)
                      && one.countsAt(due)
                      && owner.removed().filter(it -> it.isBefore(due)).isEmpty()
                      && all.stream()
                          .filter(one::isBefore)
                          .noneMatch(it -> it.prepared().isBefore(due) && it.countsAt(due));
              if (told.size() != (must ? 1 : 0)) {
                return Stream.of(
                    "A4: due at " + due + ": " + must + ", " + kind + " was queued: " + told);
              }
              return told.stream()
                  .flatMap(
                      mail ->
                          Stream.concat(
                              mail.created().equals(due)
                                  ? Stream.of()
                                  : Stream.of("A4: due at " + due + ", queued: " + mail),
                              sending(mail, pointless(mail, one, all, owner), now)));
            });
  }

  /** When the mail was not worth sending any more. */
  private static Optional<Instant> pointless(
      Mail mail, Certificate one, List<Certificate> all, Account owner) {
    return Stream.of(
            all.stream().filter(one::isBefore).map(Certificate::prepared),
            one.revoked().stream(),
            owner.removed().stream(),
            mail.deadline().stream())
        .flatMap(it -> it)
        .filter(it -> !it.isBefore(mail.created()))
        .min(Instant::compareTo);
  }

  private Stream<String> sending(Mail mail, Optional<Instant> pointless, Instant now) {
    int accepted = transport.accepted(mail.number());
    Instant ended = mail.ended().orElse(now);
    boolean old = Duration.between(mail.created(), ended).compareTo(GIVEN_UP_AFTER) >= 0;
    String wrong =
        switch (mail.state()) {
          case "SENT" ->
              accepted != 1
                  ? "taken " + accepted + " times"
                  : pointless.filter(it -> it.isBefore(ended)).isPresent()
                      ? "sent although pointless from " + pointless.get()
                      : "";
          case "DROPPED" ->
              accepted != 0
                  ? "dropped and taken"
                  : pointless.filter(it -> !it.isAfter(ended)).isEmpty() ? "dropped early" : "";
          case "REFUSED" ->
              accepted != 0
                  ? "refused and taken"
                  : transport.wasRefused(mail.number()) || nearly(mail, ended)
                      ? ""
                      : "given up early";
          default ->
              accepted != 0
                  ? "waiting and taken"
                  : old && !nearly(mail, now) ? "waits for ever" : "";
        };
    return wrong.isEmpty() ? Stream.of() : Stream.of("A4: " + wrong + ": " + mail);
  }

  /** Given up when the next try would come too late, which is one wait before. */
  private static boolean nearly(Mail mail, Instant at) {
    Duration age = Duration.between(mail.created(), at);
    return age.compareTo(GIVEN_UP_AFTER.minus(LONGEST_WAIT)) >= 0
        && age.compareTo(GIVEN_UP_AFTER.plus(LONGEST_WAIT)) <= 0;
  }

  // B7

  private static Stream<String> locks(
      Map<String, Account> accounts, List<SimulatedUser> users, Instant now) {
    Map<String, Account> byUserId = new HashMap<>();
    accounts.values().forEach(it -> byUserId.put(it.userId(), it));
    List<String> wrong = new ArrayList<>();
    for (SimulatedUser user : users) {
      Account account = byUserId.get(user.userId);
      if (account == null) {
        wrong.add(user.userId + " is gone");
      } else if (!user.removed
          && (account.failures() != user.failures
              || account.locks() != user.locks
              || account.blocked() != user.blocked
              || !endOfLock(account, now).equals(endOfLock(user, now)))) {
        wrong.add(
            "B7: %s has failures %d, locks %d, until %s, blocked %s"
                .formatted(account, user.failures, user.locks, user.lockedUntil, user.blocked));
      }
    }
    return wrong.stream();
  }

  private static Optional<Instant> endOfLock(Account account, Instant now) {
    return account.blocked() ? Optional.empty() : account.lockedUntil().filter(now::isBefore);
  }

  private static Optional<Instant> endOfLock(SimulatedUser user, Instant now) {
    return user.blocked ? Optional.empty() : user.lockedUntil.filter(now::isBefore);
  }

  private static Certificate certificate(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Certificate(
        row.getString("serial_number"),
        row.getString("subscriber_id"),
        Rows.time(row, "not_after").orElseThrow(),
        Rows.time(row, "prepared_at").orElseThrow(),
        Rows.time(row, "revoked_at"));
  }

  private static Account account(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Account(
        row.getString("id"),
        row.getString("user_id"),
        row.getInt("failures"),
        row.getInt("locks"),
        Rows.time(row, "locked_until"),
        row.getBoolean("blocked"),
        Rows.time(row, "removed_at"));
  }

  private static Mail mail(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Mail(
        row.getLong("number"),
        row.getString("serial_number"),
        row.getString("kind"),
        row.getString("state"),
        Rows.time(row, "created_at").orElseThrow(),
        Rows.time(row, "ended_at"),
        Rows.time(row, "deadline"),
        row.getInt("attempts"));
  }
}
