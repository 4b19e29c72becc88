package dev.inkan.admin;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code inkan-admin}: what bank staff do to certificates, users and organisations. */
@Command(
    name = "inkan-admin",
    description = {
      "The command line for bank staff.",
      "This version has no nouns yet: certificates, users and organisations follow with the admin"
          + " API."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage",
      "3:not found",
      "4:refused",
      "5:server not reachable"
    })
public final class InkanAdmin implements Runnable {

  @Spec private CommandSpec spec;

  private InkanAdmin() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new InkanAdmin());
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    spec.commandLine().usage(out);
  }
}
