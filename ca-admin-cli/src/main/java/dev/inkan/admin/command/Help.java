package dev.inkan.admin.command;

/** Words that the help of every command shares. */
public final class Help {

  /** What stands above the examples. */
  public static final String EXAMPLES = "%nExamples:%n";

  private Help() {}
}
