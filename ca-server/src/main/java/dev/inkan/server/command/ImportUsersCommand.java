package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.registration.administration.UserImport;
import dev.inkan.server.service.Registration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes users from a CSV file, all or none. */
@Command(
    name = "import-users",
    description = {
      "Takes users from a CSV file: all of them, or none if anything in it is wrong.",
      "Its first line must be:",
      "  organisation_number,organisation_name,user_id,role,name,mail,password",
      "role is master or general. The file is UTF-8.",
      "The passwords count as the users' own, unless --initial-passwords is given."
    },
    mixinStandardHelpOptions = true)
public final class ImportUsersCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  private final Clock clock;
  private final SecureRandom random;

  @Mixin private ConfigOption config;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The CSV file; delete it afterwards.")
  private Path file;

  @Option(
      names = "--initial-passwords",
      description = {
        "Others know the passwords: each user has to change theirs before a certificate is made,",
        "within registration.initial-password-lifetime."
      })
  private boolean initialPasswords;

  public ImportUsersCommand(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Integer call() throws IOException {
    InkanConfig loaded = config.load();
    Host host = new Host(clock, random, loaded.node());
    try (Storage storage = Storage.open(loaded, clock, random);
        Reader csv = open()) {
      return report(take(importer(storage, loaded, host), csv, loaded));
    } catch (NoSuchFileException e) {
      return refuse(file + " does not exist");
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        return refuse(file + " is not UTF-8; save it as UTF-8 CSV");
      }
      return refuse(file + " cannot be read: " + e.getMessage());
    }
  }

  private UserImport.Result take(UserImport users, Reader csv, InkanConfig loaded) {
    return initialPasswords
        ? users.importUsers(
            csv, clock.instant().plus(loaded.registration().initialPasswordLifetime()))
        : users.importUsers(csv);
  }

  public static UserImport importer(Storage storage, InkanConfig config, Host host) {
    return new UserImport(
        storage.transactions(),
        Registration.hasher(config, host),
        host.node(),
        host.clock(),
        () -> new UUID(host.random().nextLong(), host.random().nextLong()));
  }

  // A plain reader would turn what is no UTF-8 into question marks.
  private Reader open() throws IOException {
    return Channels.newReader(
        Files.newByteChannel(file),
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT),
        -1);
  }

  private int report(UserImport.Result result) {
    if (result.problems().isEmpty()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(result.imported() + " users imported. Delete " + file + " now.");
      return 0;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("error: nothing was imported from " + file);
    result.problems().forEach(problem -> err.println("  " + problem));
    return FAILED;
  }

  private int refuse(String why) {
    spec.commandLine().getErr().println("error: " + why);
    return FAILED;
  }
}
