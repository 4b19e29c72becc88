package dev.inkan.core.api;

/** Which CRL. */
public enum CrlKind {
  FULL,
  DELTA,
  ROOT
}
