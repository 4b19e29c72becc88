package dev.inkan.server;

import dev.inkan.core.authority.ClockSuspiciousException;
import dev.inkan.core.key.KeyUnavailableException;
import dev.inkan.core.store.JournalUnavailableException;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.authority.RolloverException;
import dev.inkan.server.authority.StatusNodeException;
import dev.inkan.server.backup.BackupException;
import dev.inkan.server.command.BackupCommand;
import dev.inkan.server.command.Confirmation;
import dev.inkan.server.command.CopyDatabaseCommand;
import dev.inkan.server.command.DemoCommand;
import dev.inkan.server.command.DoctorCommand;
import dev.inkan.server.command.ImportUsersCommand;
import dev.inkan.server.command.InitCommand;
import dev.inkan.server.command.MigrateCommand;
import dev.inkan.server.command.OperatorCommand;
import dev.inkan.server.command.ResponderRequestCommand;
import dev.inkan.server.command.ResponderSignCommand;
import dev.inkan.server.command.RestoreCommand;
import dev.inkan.server.command.RolloverCommand;
import dev.inkan.server.command.RootCrlCommand;
import dev.inkan.server.command.RootSignCommand;
import dev.inkan.server.command.ServeCommand;
import dev.inkan.server.command.SimulateCommand;
import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.doctor.Instruments;
import dev.inkan.server.http.management.ManagementListenerException;
import dev.inkan.server.http.status.StatusListenerException;
import dev.inkan.server.installation.InitialisationException;
import dev.inkan.server.installation.Version;
import dev.inkan.server.key.KeyFileException;
import dev.inkan.server.simulation.SimulationFailedException;
import dev.inkan.server.store.ConnectionCure;
import dev.inkan.server.store.DatabaseTransferException;
import dev.inkan.server.store.JournalCorruptException;
import dev.inkan.server.store.LedgerContradictionException;
import dev.inkan.server.store.NodeNameTakenException;
import dev.inkan.server.store.SchemaVersionException;
import dev.inkan.server.tls.ServerKeyException;
import io.javalin.util.JavalinBindException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code java -jar inkan-server.jar COMMAND}. */
@Command(
    name = "inkan-server",
    description = "Inkan, an embedded private certificate authority for a corporate web service.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage",
      "78:the configuration cannot work; what is wrong is printed"
    })
public final class InkanServer implements Runnable {

  private static final int FAILED = 1;
  private static final int CONFIGURATION = 78;

  /** What ends a command with a sentence for the operator; anything else is a fault of ours. */
  private static final Set<Class<? extends RuntimeException>> EXPECTED =
      Set.of(
          BackupException.class,
          DatabaseTransferException.class,
          InitialisationException.class,
          RolloverException.class,
          StatusNodeException.class,
          ClockSuspiciousException.class,
          KeyFileException.class,
          KeyUnavailableException.class,
          ServerKeyException.class,
          StoreUnavailableException.class,
          SchemaVersionException.class,
          NodeNameTakenException.class,
          JournalUnavailableException.class,
          JournalCorruptException.class,
          LedgerContradictionException.class,
          SimulationFailedException.class,
          StatusListenerException.class,
          ManagementListenerException.class,
          JavalinBindException.class);

  @Spec private CommandSpec spec;

  private InkanServer() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    int status = commandLine(Clock.systemUTC(), new SecureRandom()).execute(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  static CommandLine commandLine(Clock clock, SecureRandom random) {
    return commandLine(clock, random, Confirmation.atTheTerminal());
  }

  static CommandLine commandLine(Clock clock, SecureRandom random, Confirmation confirmation) {
    CommandLine line = new CommandLine(new InkanServer());
    line.addSubcommand(new DemoCommand(clock, random))
        .addSubcommand(new InitCommand(clock, random))
        .addSubcommand(new MigrateCommand(clock, random))
        .addSubcommand(new ImportUsersCommand(clock, random))
        .addSubcommand(new OperatorCommand(clock, random))
        .addSubcommand(new RolloverCommand(clock, random))
        .addSubcommand(new RootCrlCommand(clock, random, confirmation))
        .addSubcommand(new RootSignCommand(clock, random, confirmation))
        .addSubcommand(new ResponderRequestCommand(clock, random))
        .addSubcommand(new ResponderSignCommand(clock, random, confirmation))
        .addSubcommand(new DoctorCommand(Instruments.ofThisMachine(clock, random)))
        .addSubcommand(new BackupCommand(clock, random))
        .addSubcommand(new RestoreCommand(clock, random))
        .addSubcommand(new CopyDatabaseCommand())
        .addSubcommand(new ServeCommand(clock, random))
        .addSubcommand(new SimulateCommand(clock, random));
    line.setExecutionExceptionHandler((e, failed, parsed) -> explain(e, failed.getErr()));
    return line;
  }

  private static int explain(Exception e, PrintWriter err) throws Exception {
    if (e instanceof ConfigurationException configuration) {
      err.println("error: the configuration cannot work");
      configuration.problems().forEach(problem -> err.println("  " + problem));
      return CONFIGURATION;
    }
    if (e instanceof KeyUnavailableException key
        && key.reason() == KeyUnavailableException.Reason.WRONG_PIN) {
      // What starts us again after a failure would try the PIN until the token is locked.
      err.println("error: " + e.getMessage());
      return CONFIGURATION;
    }
    if (EXPECTED.stream().anyMatch(type -> type.isInstance(e))) {
      err.println("error: " + e.getMessage());
      if (e instanceof StoreUnavailableException away) {
        err.println("  " + ConnectionCure.of(away));
      }
      return FAILED;
    }
    throw e;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? One of those below");
  }
}
