package dev.inkan.admin.output;

/** The forms of a result. */
public enum Format {
  TABLE,
  JSON,
  CSV
}
