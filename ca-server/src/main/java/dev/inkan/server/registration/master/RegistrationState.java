package dev.inkan.server.registration.master;

/** How far a master user's registration got. The names are stored: rename none. */
public enum RegistrationState {
  /** The initial password was right; user ID, password, name and address are asked for. */
  OPENED,
  /** The code is on its way to the address. */
  CODE_SENT,
  /** Ended by wrong codes; it starts again with the initial password. */
  CODE_VOID,
  /** The user is registered. */
  DONE,
  /** The visitor left, or the letter no longer counts. */
  CANCELLED
}
