package dev.inkan.core.api;

/** How a request reached the bank. */
public enum Channel {
  PHONE,
  PAPER,
  VISIT
}
