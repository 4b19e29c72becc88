package dev.inkan.core.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every way in which the admin API refuses. The words are the contract: rename none. */
public enum ProblemType {
  /** No JSON, no UTF-8, a wrong path or query. */
  MALFORMED_REQUEST(400, "The request cannot be read"),
  /** Readable, but a field holds what it may not; see {@link Problem#fields()}. */
  INVALID_VALUE(422, "A value is not allowed"),
  /** A user's, a responder's or a server's certificate, or one without an operator. */
  NOT_AN_OPERATOR(403, "This is no operator's certificate"),
  /** Outside its validity. */
  CREDENTIAL_EXPIRED(403, "The operator's certificate has expired"),
  /** Revoked, on hold, or replaced by a newer one. */
  CREDENTIAL_REVOKED(403, "The operator's certificate is revoked"),
  /** Somebody disabled the operator. */
  OPERATOR_DISABLED(403, "The operator is disabled"),
  /** Another role is needed. */
  ROLE_MISSING(403, "The operator has not the role for this"),
  /** Somebody else has to decide. */
  OWN_REQUEST(403, "Nobody approves their own request"),
  /** It goes by a request that another operator approves. */
  SECOND_OPERATOR_REQUIRED(403, "This needs a second operator"),
  /** Nothing has this name or number. */
  NOT_FOUND(404, "There is no such thing"),
  /** Wrong verb. */
  METHOD_NOT_ALLOWED(405, "This address takes another method"),
  /** For instance revoked already; nothing changed. */
  WRONG_STATE(409, "It cannot be done as things stand"),
  /** Choose another. */
  TAKEN(409, "The name or number is taken"),
  /** Send fewer at a time. */
  TOO_LARGE(413, "The request is too large"),
  /** Send JSON. */
  UNSUPPORTED_MEDIA(415, "The body is not application/json"),
  /** Shorten it. */
  HEADER_TOO_LARGE(431, "The request's header is too large"),
  /** Repeat in a moment. */
  BUSY(503, "The server has too much to do"),
  /** Database, journal or clock: nothing was done. */
  UNAVAILABLE(503, "The server cannot do this now"),
  /** Another server of the installation does. */
  NOT_SERVED_HERE(501, "This server does not do that"),
  /** The log tells, under the request's number. */
  FAILED(500, "Something went wrong on the server");

  private static final String PREFIX = "urn:inkan:problem:";

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The same for every problem of the type. */
  public String title() {
    return title;
  }

  /** The {@code type} of a {@link Problem}: {@code urn:inkan:problem:not-found} and so on. */
  public String uri() {
    return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The type with this {@code uri}; empty for one that a newer server knows. */
  public static Optional<ProblemType> ofUri(String uri) {
    return Arrays.stream(values()).filter(type -> type.uri().equals(uri)).findFirst();
  }
}
