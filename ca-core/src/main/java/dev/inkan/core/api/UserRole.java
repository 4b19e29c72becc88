package dev.inkan.core.api;

/** Which sort of user. */
public enum UserRole {
  MASTER,
  GENERAL
}
