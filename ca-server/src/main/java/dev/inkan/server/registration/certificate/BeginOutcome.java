package dev.inkan.server.registration.certificate;

/** ⑥: what became of pressing [発行]. */
public enum BeginOutcome {
  /** The certificate is being made. */
  BEGUN,
  /** It was being made, or made, already: a double click, a reload, a second tab. */
  ALREADY_BEGUN,
  /** The code has not come back yet, or the application ended. */
  NOT_CONFIRMED,
  /** The user has to choose a password first (C5). */
  PASSWORD_DUE,
  /** The session is over. */
  NO_SESSION
}
