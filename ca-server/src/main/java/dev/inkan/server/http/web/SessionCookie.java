package dev.inkan.server.http.web;

import dev.inkan.server.registration.secret.SessionToken;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;

/** The one cookie: it holds the session token and ends with the browser (S2). */
final class SessionCookie {

  /** The prefix makes the browser insist on Secure, path / and this very host (RFC 6265bis). */
  static final String NAME = "__Host-inkan";

  private static final int UNTIL_THE_BROWSER_CLOSES = -1;

  private SessionCookie() {}

  static Optional<SessionToken> read(Context ctx) {
    return Optional.ofNullable(ctx.cookie(NAME)).flatMap(SessionToken::parse);
  }

  static void write(Context ctx, SessionToken token) {
    ctx.cookie(
        new Cookie(
            NAME, token.reveal(), "/", UNTIL_THE_BROWSER_CLOSES, true, true, null, SameSite.LAX));
  }
}
