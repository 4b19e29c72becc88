package dev.inkan.server.mail;

import dev.inkan.core.certificate.Validity;
import dev.inkan.server.registration.mail.Notice;
import dev.inkan.server.registration.secret.VerificationCode;
import dev.inkan.server.registration.user.UserRole;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Which paragraphs tell a notice, and what is filled into them, in one language. */
final class NoticeWords {

  /**
   * A notice in words yet to be filled in.
   *
   * @param paragraphs keys of texts, in order
   * @param values by placeholder
   */
  record Words(List<String> paragraphs, Map<String, String> values) {

    static Words of(String... paragraphs) {
      return new Words(List.of(paragraphs), new HashMap<>());
    }

    Words with(String placeholder, String value) {
      values.put(placeholder, value);
      return this;
    }
  }

  private final DateTimeFormatter time;
  private final DateTimeFormatter day;
  private final UnaryOperator<String> texts;

  /**
   * @param texts the text of a key
   */
  NoticeWords(DateTimeFormatter time, DateTimeFormatter day, UnaryOperator<String> texts) {
    this.time = time;
    this.day = day;
    this.texts = texts;
  }

  Words of(Notice notice) {
    if (notice instanceof Notice.Code code) {
      return code(code.code(), code.expiresAt(), "code.text", "never-tell", "code.unknown");
    } else if (notice instanceof Notice.RegistrationCode code) {
      return code(
          code.code(),
          code.expiresAt(),
          "register-code.text",
          "never-tell",
          "register-code.unknown");
    } else if (notice instanceof Notice.AddressCode code) {
      return code(code.code(), code.expiresAt(), "address-code.text");
    } else if (notice instanceof Notice.Locked locked) {
      return locked(locked);
    } else if (notice instanceof Notice.Blocked blocked) {
      return blocked(blocked);
    } else if (notice instanceof Notice.Unlocked) {
      return Words.of("unlocked.text", "unknown");
    }
    return ofUser(notice);
  }

  private Words ofUser(Notice notice) {
    if (notice instanceof Notice.Registered registered) {
      return registered(registered);
    } else if (notice instanceof Notice.AddressChanged changed) {
      return Words.of("address-changed.text").with("newAddress", changed.maskedNewAddress());
    } else if (notice instanceof Notice.PasswordInitialised initialised) {
      return initialised(initialised);
    } else if (notice instanceof Notice.PasswordChanged) {
      return Words.of("password-changed.text", "unknown");
    } else if (notice instanceof Notice.Removed) {
      return Words.of("removed.text", "unknown-to-master");
    }
    return ofCertificate(notice);
  }

  private Words ofCertificate(Notice notice) {
    if (notice instanceof Notice.Issued issued) {
      boolean own = issued.holder().equals(issued.userId());
      return validity(own ? "issued.own" : "issued.master", issued.validity())
          .with("holder", issued.holder().value());
    } else if (notice instanceof Notice.Revoked revoked) {
      boolean own = revoked.holder().equals(revoked.userId());
      return validity(own ? "revoked.own" : "revoked.master", revoked.validity())
          .with("holder", revoked.holder().value())
          .with("reason", texts.apply("reason." + revoked.reason().name()))
          .with("revokedAt", time.format(revoked.at()));
    } else if (notice instanceof Notice.Held held) {
      boolean own = held.holder().equals(held.userId());
      return validity(own ? "held.own" : "held.master", held.validity())
          .with("holder", held.holder().value())
          .with("heldAt", time.format(held.at()));
    } else if (notice instanceof Notice.Released released) {
      boolean own = released.holder().equals(released.userId());
      return validity(own ? "released.own" : "released.master", released.validity())
          .with("holder", released.holder().value());
    } else if (notice instanceof Notice.Expiring expiring) {
      return expiring(expiring);
    } else if (notice instanceof Notice.Expired expired) {
      return Words.of("expired.text", "open", "never-asks")
          .with("lastDay", day.format(expired.validity().notAfter()));
    }
    throw new IllegalStateException("no words for a notice of kind " + notice.kind());
  }

  private Words code(VerificationCode code, Instant expiresAt, String... paragraphs) {
    return Words.of(paragraphs)
        .with("code", code.reveal())
        .with("expiresAt", time.format(expiresAt));
  }

  private Words registered(Notice.Registered registered) {
    if (registered.role() == UserRole.MASTER) {
      return Words.of("registered.master", "open", "unknown");
    }
    return registered
        .initialUntil()
        .map(
            until ->
                Words.of("registered.general", "open", "initial-until", "unknown-to-master")
                    .with("initialUntil", time.format(until)))
        .orElseGet(() -> Words.of("registered.general-own", "open", "unknown-to-master"));
  }

  private Words initialised(Notice.PasswordInitialised initialised) {
    Words words =
        initialised.role() == UserRole.MASTER
            ? Words.of("initialised.master", "initial-until", "unknown")
            : Words.of("initialised.general", "open", "initial-until", "unknown-to-master");
    return words.with("initialUntil", time.format(initialised.initialUntil()));
  }

  private Words validity(String paragraph, Validity validity) {
    return Words.of(paragraph, "unknown")
        .with("notBefore", time.format(validity.notBefore()))
        .with("notAfter", time.format(validity.notAfter()));
  }

  private Words expiring(Notice.Expiring expiring) {
    int left = expiring.daysLeft();
    String howLong = left > 1 ? "expiring.days" : left == 1 ? "expiring.day" : "expiring.today";
    return Words.of(
            howLong, "expiring.text", "expiring.steps", "open", "expiring.both", "never-asks")
        .with("daysLeft", Integer.toString(left))
        .with("lastDay", day.format(expiring.validity().notAfter()));
  }

  private Words locked(Notice.Locked locked) {
    return Words.of(
            "locked." + word(locked.cause()),
            "locked.text",
            "locked." + word(locked.role()),
            "locked.unknown")
        .with("tries", Integer.toString(locked.tries()))
        .with("until", time.format(locked.until()))
        .with("source", locked.source());
  }

  private Words blocked(Notice.Blocked blocked) {
    return Words.of(
            "blocked." + word(blocked.cause()),
            "blocked.text",
            "blocked." + word(blocked.role()),
            "locked.unknown")
        .with("locks", Integer.toString(blocked.locks()))
        .with("source", blocked.source());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
