package dev.inkan.server.registration.mail;

import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.Validity;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserRole;
import java.time.Instant;
import java.util.Optional;

/** What somebody is told by mail. {@code userId} is the reader's. */
public sealed interface Notice {

  /** The name under which the mail is stored and counted; at most 16 characters. */
  String kind();

  UserId userId();

  /** 認証コード (B12). The code never prints. */
  record Code(UserId userId, VerificationCode code, Instant expiresAt) implements Notice {
    @Override
    public String kind() {
      return "code";
    }
  }

  /** The code that proves the address of a マスターユーザー初期登録 (C2). */
  record RegistrationCode(UserId userId, VerificationCode code, Instant expiresAt)
      implements Notice {
    @Override
    public String kind() {
      return "register-code";
    }
  }

  /** The code that proves a changed address; the master user types it (C4). */
  record AddressCode(UserId userId, VerificationCode code, Instant expiresAt) implements Notice {
    @Override
    public String kind() {
      return "address-code";
    }
  }

  /**
   * Somebody is registered (C2, C4).
   *
   * @param initialUntil when the initial password ends, for a user whom the master user created
   */
  record Registered(UserId userId, UserRole role, Optional<Instant> initialUntil)
      implements Notice {
    @Override
    public String kind() {
      return "registered";
    }
  }

  /** To the old address: it is no longer the registered one (C4). */
  record AddressChanged(UserId userId, String maskedNewAddress) implements Notice {
    @Override
    public String kind() {
      return "address-changed";
    }
  }

  /** Somebody else set a new password (C3: the bank; C4: the master user). */
  record PasswordInitialised(UserId userId, UserRole role, Instant initialUntil) implements Notice {
    @Override
    public String kind() {
      return "initialised";
    }
  }

  /** The user chose a new password. */
  record PasswordChanged(UserId userId) implements Notice {
    @Override
    public String kind() {
      return "password-changed";
    }
  }

  /** The master user removed the user (C4). */
  record Removed(UserId userId) implements Notice {
    @Override
    public String kind() {
      return "removed";
    }
  }

  /**
   * A certificate was issued (D6).
   *
   * @param holder whose; another than {@code userId} where the master user is told
   */
  record Issued(UserId userId, UserId holder, Validity validity) implements Notice {
    @Override
    public String kind() {
      return "issued";
    }
  }

  /**
   * A certificate was revoked (D6).
   *
   * @param holder whose; another than {@code userId} where the master user is told
   */
  record Revoked(
      UserId userId, UserId holder, Validity validity, RevocationReason reason, Instant at)
      implements Notice {
    @Override
    public String kind() {
      return "revoked";
    }
  }

  /**
   * A certificate was put on hold (D6).
   *
   * @param holder as of {@link Revoked}
   */
  record Held(UserId userId, UserId holder, Validity validity, Instant at) implements Notice {
    @Override
    public String kind() {
      return "held";
    }
  }

  /**
   * A certificate's hold has ended, and it counts again (D6).
   *
   * @param holder as of {@link Revoked}
   */
  record Released(UserId userId, UserId holder, Validity validity) implements Notice {
    @Override
    public String kind() {
      return "released";
    }
  }

  /** The certificate ends soon and can be renewed (A4). */
  record Expiring(UserId userId, Validity validity, int daysLeft) implements Notice {
    @Override
    public String kind() {
      return "expiring";
    }
  }

  /** The certificate ended unrenewed (A4). */
  record Expired(UserId userId, Validity validity) implements Notice {
    @Override
    public String kind() {
      return "expired";
    }
  }

  /** What was tried too often. */
  enum Cause {
    /** Wrong passwords in a row. */
    PASSWORDS,
    /** Codes made void by wrong tries, in a row. */
    CODES
  }

  /**
   * Locked until {@code until} (B9).
   *
   * @param tries how many in a row locked
   * @param source the address the last one came from
   */
  record Locked(UserId userId, UserRole role, Cause cause, int tries, String source, Instant until)
      implements Notice {
    @Override
    public String kind() {
      return "locked";
    }
  }

  /** Locked too often: blocked until somebody unblocks (B9). */
  record Blocked(UserId userId, UserRole role, Cause cause, int locks, String source)
      implements Notice {
    @Override
    public String kind() {
      return "blocked";
    }
  }

  /** Somebody ended a lock or a block (B10). */
  record Unlocked(UserId userId) implements Notice {
    @Override
    public String kind() {
      return "unlocked";
    }
  }
}
