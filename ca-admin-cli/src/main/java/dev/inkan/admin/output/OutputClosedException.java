package dev.inkan.admin.output;

/** Nobody reads the output any more, as after {@code | head}. */
public final class OutputClosedException extends RuntimeException {

  private static final long serialVersionUID = 1L;
}
