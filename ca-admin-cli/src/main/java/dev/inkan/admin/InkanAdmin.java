package dev.inkan.admin;

import dev.inkan.admin.command.Desk;
import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.terminal.ProcessTerminal;
import dev.inkan.admin.terminal.Terminal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code inkan-admin}: what bank staff do to certificates, users and organisations. */
@Command(
    name = "inkan-admin",
    description = {
      "The command line for the bank's staff: certificates, the users and organisations they are"
          + " issued to, and the CA.",
      "Every command explains itself: inkan-admin NOUN VERB --help."
    },
    synopsisSubcommandLabel = "NOUN VERB",
    commandListHeading = "%nNouns:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  inkan-admin cert list --user yamada01",
      "  inkan-admin request add --user yamada01 --cause lost --asked-by 佐藤 --channel phone --hold",
      "  inkan-admin cert revoke --help"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class InkanAdmin {

  InkanAdmin() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    Terminal terminal = ProcessTerminal.ofThisProcess(environment);
    Desk desk = new Desk(terminal, environment, home(environment), Clock.systemUTC());
    int status = CommandTree.of(desk, arguments).execute(arguments);
    terminal.err().flush();
    System.exit(terminal.out().checkError() ? ExitStatus.NOBODY_READS : status);
  }

  /** As the shell has it; Java itself goes by the account. */
  private static Path home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home") : home);
  }
}
