package dev.inkan.server.registration.application;

/** How far a certificate application got. The names are stored: rename none. */
public enum ApplicationState {
  /** ⑤: the code is on its way. */
  CODE_SENT,
  /** ⑤ ended without the right code; the flow starts again at ④. */
  CODE_VOID,
  /** On the way from ⑤ to ⑥: the code came back, and the user has to choose a password (C5). */
  PASSWORD_DUE,
  /** ⑥: the code came back, and the password is the user's own. */
  CONFIRMED,
  /** ⑦: the certificate is being made. */
  ISSUING,
  /** ⑧: the certificate exists. */
  ISSUED,
  /** ⑧: it could not be made; nothing was issued. */
  FAILED,
  /** The user left the flow. */
  CANCELLED
}
