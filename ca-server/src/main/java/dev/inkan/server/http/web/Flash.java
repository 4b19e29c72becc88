package dev.inkan.server.http.web;

import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.secret.SessionToken;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * What the next page says once: what was just done, and an initial password to hand over. The
 * browser carries it in a cookie sealed for its own session, which only the server opens; the
 * server keeps nothing.
 */
final class Flash {

  /** The prefix makes the browser insist on Secure, path / and this very host (RFC 6265bis). */
  static final String NAME = "__Host-inkan-said";

  private static final String PURPOSE = "said once";
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final int PARTS = 4;

  private final SecureRandom random;
  private final Clock clock;

  Flash(SecureRandom random, Clock clock) {
    this.random = random;
    this.clock = clock;
  }

  /** What was done. */
  enum Deed {
    CREATED,
    INITIALISED,
    UNLOCKED,
    NOT_LOCKED,
    REMOVED,
    ADDRESS_CHANGED
  }

  /**
   * What to say.
   *
   * @param userId of whom
   * @param password to be shown; empty for most deeds
   */
  record Message(Deed deed, String userId, String password) {

    @Override
    public String toString() {
      return "Message[" + deed + " " + userId + "]";
    }
  }

  /** Gives the browser {@code message} on the way. */
  void put(Context ctx, SessionToken token, Message message) {
    String text =
        String.join(
            "\n",
            message.deed().name(),
            message.userId(),
            Long.toString(clock.instant().plus(LIFETIME).toEpochMilli()),
            message.password());
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = token.sealKey().seal(octets, PURPOSE, random).toByteArray();
    Arrays.fill(octets, (byte) 0);
    write(
        ctx,
        Base64.getUrlEncoder().withoutPadding().encodeToString(sealed),
        (int) LIFETIME.toSeconds());
  }

  /** Takes the message from the browser: it is not there a second time. */
  Optional<Message> take(Context ctx, SessionToken token) {
    String value = ctx.cookie(NAME);
    if (value == null) {
      return Optional.empty();
    }
    write(ctx, "", 0);
    return decode(value)
        .flatMap(kept -> token.sealKey().open(SealedSecret.copyOf(kept), PURPOSE))
        .flatMap(this::read);
  }

  private static Optional<byte[]> decode(String value) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(value));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a cookie that is none of ours
    }
  }

  private Optional<Message> read(byte[] octets) {
    String[] parts = new String(octets, StandardCharsets.UTF_8).split("\n", PARTS);
    Arrays.fill(octets, (byte) 0);
    Instant until = Instant.ofEpochMilli(Long.parseLong(parts[2]));
    return clock.instant().isBefore(until)
        ? Optional.of(new Message(Deed.valueOf(parts[0]), parts[1], parts[3]))
        : Optional.empty();
  }

  private static void write(Context ctx, String value, int seconds) {
    ctx.cookie(new Cookie(NAME, value, "/", seconds, true, true, null, SameSite.STRICT));
  }
}
