package dev.inkan.server.registration;

/** How far a certificate application got. The names are stored: rename none. */
public enum ApplicationState {
  /** ⑤: the code is on its way. */
  CODE_SENT,
  /** ⑤ ended without the right code; the flow starts again at ④. */
  CODE_VOID,
  /** ⑥: the code came back. */
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
