package dev.inkan.server;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code --org NUMBER}, the same for every command about one organisation. */
final class OrgOption {

  @Option(
      names = "--org",
      paramLabel = "NUMBER",
      required = true,
      description = "The bank's number of the organisation.")
  private String number;

  String number() {
    return number;
  }

  /** Says that no organisation has the number; returns the exit status. */
  int notFound(CommandLine line) {
    PrintWriter err = line.getErr();
    err.println("error: no organisation has this number; nothing changed");
    err.println("try: inkan-server org list");
    return ExitStatus.NOT_FOUND;
  }
}
