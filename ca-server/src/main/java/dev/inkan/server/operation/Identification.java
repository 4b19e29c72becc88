package dev.inkan.server.operation;

import dev.inkan.core.audit.Actor;

/** What a certificate shown to the admin API is worth. */
public sealed interface Identification {

  /** It is an operator's who may work. */
  record Admitted(Caller caller) implements Identification {}

  /**
   * It is not.
   *
   * @param actor whom the audit log names
   */
  record Refused(Actor actor, Refusal refusal) implements Identification {}
}
