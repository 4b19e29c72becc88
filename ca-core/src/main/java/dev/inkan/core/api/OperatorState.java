package dev.inkan.core.api;

/** Whether an operator gets in. */
public enum OperatorState {
  ACTIVE,
  DISABLED
}
