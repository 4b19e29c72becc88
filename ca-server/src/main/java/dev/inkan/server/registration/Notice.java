package dev.inkan.server.registration;

import dev.inkan.core.certificate.Validity;
import java.time.Instant;

/** What a user is told by mail. */
public sealed interface Notice {

  /** The name under which the mail is stored and counted. */
  String kind();

  /** 認証コード (B12). The code never prints. */
  record Code(UserId userId, VerificationCode code, Instant expiresAt) implements Notice {
    @Override
    public String kind() {
      return "code";
    }
  }

  /** A certificate of the user's was issued (D6). */
  record Issued(UserId userId, Validity validity) implements Notice {
    @Override
    public String kind() {
      return "issued";
    }
  }

  /** Too many wrong passwords: locked until {@code until} (B9). */
  record Locked(UserId userId, int failures, Instant until) implements Notice {
    @Override
    public String kind() {
      return "locked";
    }
  }

  /** Locked too often: blocked until somebody unblocks (B9). */
  record Blocked(UserId userId, UserRole role) implements Notice {
    @Override
    public String kind() {
      return "blocked";
    }
  }
}
