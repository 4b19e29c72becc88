package dev.inkan.core.audit;

/** Who did it: a subscriber or an operator by identifier, or a process by node name. */
public record Actor(Kind kind, String name) {

  /** Which sort of actor. */
  public enum Kind {
    SUBSCRIBER,
    OPERATOR,
    SYSTEM
  }
}
