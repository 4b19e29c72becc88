package dev.inkan.server.mail;

import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.Validity;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.mail.Notice.Cause;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserRole;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A notice for every mail there is, by the name of its golden file. */
final class Notices {

  static final Instant NOW = Instant.parse("2026-11-22T06:00:05Z");
  static final Map<String, Notice> ALL = all();

  private Notices() {}

  static Notice named(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }

  private static Map<String, Notice> all() {
    UserId user = new UserId("taro01");
    UserId member = new UserId("hanako02");
    VerificationCode code = VerificationCode.parse("048213").orElseThrow();
    Instant soon = NOW.plusSeconds(1800);
    Instant month = NOW.plusSeconds(30 * 86_400L);
    Instant later = NOW.plusSeconds(3600);
    Validity validity = new Validity(NOW.minusSeconds(300), Instant.parse("2027-11-22T14:59:59Z"));
    Map<String, Notice> all = new LinkedHashMap<>();
    all.put("code", new Notice.Code(user, code, soon));
    all.put("register-code", new Notice.RegistrationCode(user, code, soon));
    all.put("address-code", new Notice.AddressCode(user, code, soon));
    all.put("registered-master", registered(user, UserRole.MASTER, Optional.empty()));
    all.put("registered-general", registered(user, UserRole.GENERAL, Optional.of(month)));
    all.put("registered-general-own", registered(user, UserRole.GENERAL, Optional.empty()));
    all.put(
        "address-changed",
        new Notice.AddressChanged(user, new MailAddress("taro.new@example.jp").masked()));
    all.put("initialised-master", new Notice.PasswordInitialised(user, UserRole.MASTER, month));
    all.put("initialised-general", new Notice.PasswordInitialised(user, UserRole.GENERAL, month));
    all.put("password-changed", new Notice.PasswordChanged(user));
    all.put("removed", new Notice.Removed(user));
    all.put("issued", new Notice.Issued(user, user, validity));
    all.put("issued-to-member", new Notice.Issued(user, member, validity));
    all.put("revoked", revoked(user, user, validity));
    all.put("revoked-of-member", revoked(user, member, validity));
    all.put("held", new Notice.Held(user, user, validity, NOW));
    all.put("held-of-member", new Notice.Held(user, member, validity, NOW));
    all.put("released", new Notice.Released(user, user, validity));
    all.put("released-of-member", new Notice.Released(user, member, validity));
    all.put("expiring", new Notice.Expiring(user, validity, 30));
    all.put("expiring-tomorrow", new Notice.Expiring(user, validity, 1));
    all.put("expiring-today", new Notice.Expiring(user, validity, 0));
    all.put("expired", new Notice.Expired(user, validity));
    for (UserRole role : UserRole.values()) {
      String who = role == UserRole.MASTER ? "master" : "general";
      all.put("locked-" + who, locked(user, role, Cause.PASSWORDS, 6, later));
      all.put("locked-codes-" + who, locked(user, role, Cause.CODES, 3, later));
      all.put("blocked-" + who, blocked(user, role, Cause.PASSWORDS));
      all.put("blocked-codes-" + who, blocked(user, role, Cause.CODES));
    }
    all.put("unlocked", new Notice.Unlocked(user));
    return all;
  }

  static Notice revoked(UserId user, UserId holder, Validity validity) {
    return new Notice.Revoked(user, holder, validity, RevocationReason.KEY_COMPROMISE, NOW);
  }

  private static Notice registered(UserId user, UserRole role, Optional<Instant> until) {
    return new Notice.Registered(user, role, until);
  }

  private static Notice locked(UserId user, UserRole role, Cause cause, int tries, Instant until) {
    return new Notice.Locked(user, role, cause, tries, "192.0.2.1", until);
  }

  private static Notice blocked(UserId user, UserRole role, Cause cause) {
    return new Notice.Blocked(user, role, cause, 3, "192.0.2.1");
  }
}
