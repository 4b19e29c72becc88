package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.server.assembly.Server;
import dev.inkan.server.assembly.WebService;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.demo.CapturedMailbox;
import dev.inkan.server.demo.MailboxPage;
import dev.inkan.server.http.web.view.JapaneseDates;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything in one process, to try Inkan on one's own machine. */
@Command(
    name = "demo",
    description = {
      "Runs everything in one process on 127.0.0.1: a fresh CA, a made-up bank with two users, and"
          + " a mailbox that catches every mail. A second start goes on with the same data.",
      "Not for real use: the passwords are known to everybody."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Runnable {

  private final Clock clock;
  private final SecureRandom random;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "demo-data",
      description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--port",
      defaultValue = "8443",
      description = "The port for browsers (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--status-port",
      defaultValue = "8080",
      description =
          "The port of OCSP and CRLs, which is written into certificates (default:"
              + " ${DEFAULT-VALUE}).")
  private int statusPort;

  @Option(
      names = "--mailbox-port",
      defaultValue = "8025",
      description = "The port of the mailbox page (default: ${DEFAULT-VALUE}).")
  private int mailboxPort;

  @Option(
      names = "--admin-port",
      defaultValue = "9443",
      description = "The port for operators (default: ${DEFAULT-VALUE}; 0 takes any free one).")
  private int adminPort;

  public DemoCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    CapturedMailbox mailbox = CapturedMailbox.start(0, clock);
    DemoInstallation installation =
        new DemoInstallation(
            folder, new DemoInstallation.Ports(port, statusPort, adminPort, mailbox.port()));
    InkanConfig config = installation.prepare(clock, random, out);
    MailboxPage page =
        MailboxPage.start(
            mailbox,
            WebService.site(config.bank()),
            new JapaneseDates(config.bank().zone()),
            mailboxPort);
    Server server = Server.start(config, new Host(clock, random, config.node()));
    installation.welcome(page.port()).forEach(out::println);
    out.flush();
    UntilStopped.serve(
        () -> {
          server.close();
          page.close();
          mailbox.close();
        },
        out);
  }
}
