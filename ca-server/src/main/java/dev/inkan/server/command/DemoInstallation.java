package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.server.assembly.Ports;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.Initialisation;
import dev.inkan.server.installation.InitialisationException;
import dev.inkan.server.installation.Letters;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.key.KeyFolder;
import dev.inkan.server.letter.WelcomeLetter;
import dev.inkan.server.letter.WelcomePdf;
import dev.inkan.server.registration.administration.UserImport;
import dev.inkan.server.registration.invitation.AddOutcome;
import dev.inkan.server.registration.invitation.IssuedInvitation;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.service.BankDesks;
import dev.inkan.server.store.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder of a demonstration: a real installation of a made-up bank. */
public final class DemoInstallation {

  private static final String CONFIGURATION =
      """
      # Written by the demo command; a real installation starts from config/inkan.yaml.
      node: demo
      web:
        port: 8443
        public-url: https://localhost:8443
        # Other things run on localhost as well, and not all by HTTPS.
        strict-transport-security: 0s
      status:
        base-url: http://localhost:8080
      mail:
        host: 127.0.0.1
        port: 8026
        security: none
        from: inkan@mihon-rokin.example
      """;

  private static final String USERS =
      """
      organisation_number,organisation_name,user_id,role,name,mail,password
      00099999,みほん教職員組合,hanako01,general,見本 花子,hanako@mihon-kyoso.example,Inkan#2026
      00099999,みほん教職員組合,tarou001,general,見本 太郎,tarou@mihon-kyoso.example,Hanko#2026
      00099999,みほん教職員組合,master01,master,見本 主,master@mihon-kyoso.example,Seal#2026x
      """;

  private static final String LETTER = "letter.pdf";

  private final Path folder;
  private final Ports ports;

  /** Where it listens, and where its mail catcher does. */
  public record Ports(int web, int status, int admin, int smtp) {}

  public DemoInstallation(Path folder, Ports ports) {
    this.folder = folder.toAbsolutePath().normalize();
    this.ports = ports;
  }

  /** Makes the installation where there is none yet, and reads its configuration. */
  public InkanConfig prepare(Clock clock, SecureRandom random, PrintWriter out) {
    Path file = folder.resolve("inkan.yaml");
    Map<String, String> environment =
        Map.of(
            "INKAN_WEB_PORT", Integer.toString(ports.web()),
            "INKAN_WEB_PUBLIC_URL", "https://localhost:" + ports.web(),
            "INKAN_STATUS_PORT", Integer.toString(ports.status()),
            "INKAN_STATUS_BASE_URL", "http://localhost:" + ports.status(),
            "INKAN_ADMIN_PORT", Integer.toString(ports.admin()),
            "INKAN_MANAGEMENT_PORT", "0",
            "INKAN_MAIL_PORT", Integer.toString(ports.smtp()));
    if (!Files.exists(folder)) {
      out.println("Making a demonstration in " + folder + " ...");
      out.flush();
      make(clock, random, environment);
    }
    InkanConfig config = ConfigFile.load(file, environment);
    // Nobody makes a backup of a demonstration, so nobody is asked to before its schema moves on.
    Database.openAndMigrate(Storage.settings(config)).close();
    writeClientSettings();
    return config;
  }

  /**
   * Under another name until it is whole, so that an interrupted start leaves nothing half-made.
   */
  private void make(Clock clock, SecureRandom random, Map<String, String> environment) {
    Path making = folder.resolveSibling(folder.getFileName() + ".making");
    Path file = making.resolve("inkan.yaml");
    try {
      deleteTree(making);
      new KeyFolder(random).writePublic(file, CONFIGURATION);
      InkanConfig config = ConfigFile.loadForInit(file, environment);
      Host host = new Host(clock, random, config.node());
      new Initialisation(config, host).run();
      importUsers(config, host);
      writeLetter(config, host, making.resolve(LETTER));
      Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new InitialisationException(
          "the demonstration cannot be made in " + folder + " (" + e.getMessage() + ")");
    }
  }

  /** What {@code inkan-admin --config} reads; anew at each start, which may be at another port. */
  private void writeClientSettings() {
    try {
      Files.writeString(
          clientSettings(),
          """
          server = https://127.0.0.1:%d
          credential = keys/operator-admin.p12
          password-file = keys/operator-admin.passphrase
          """
              .formatted(ports.admin()));
    } catch (IOException e) {
      throw new InitialisationException(
          clientSettings() + " cannot be written (" + e.getMessage() + ")");
    }
  }

  private Path clientSettings() {
    return folder.resolve("admin.conf");
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void importUsers(InkanConfig config, Host host) {
    try (Storage storage = Storage.open(config, host.clock(), host.random())) {
      UserImport.Result result =
          ImportUsersCommand.importer(storage, config, host).importUsers(new StringReader(USERS));
      if (!result.problems().isEmpty()) {
        throw new IllegalStateException("demo users: " + result.problems());
      }
    }
  }

  /** A second organisation, whose master user has yet to register. */
  private static void writeLetter(InkanConfig config, Host host, Path file) {
    try (Storage storage = Storage.open(config, host.clock(), host.random())) {
      BankDesks desks = BankDesks.of(storage, config, host);
      AddOutcome outcome =
          desks.organisations().add(new Organisation("00088888", "みほん職員組合"), desks.actor());
      if (!(outcome instanceof AddOutcome.Added added)) {
        throw new IllegalStateException("demo organisation: " + outcome);
      }
      try (IssuedInvitation issued = added.letter()) {
        WelcomeLetter.Occasion start = WelcomeLetter.Occasion.START;
        byte[] pdf = WelcomePdf.of(Letters.of(config, issued, start)).toByteArray();
        new KeyFolder(host.random()).writeOwnerOnly(file, pdf);
      }
    }
  }

  /** What a newcomer needs to know. */
  public List<String> welcome(int mailboxPort) {
    return List.of(
        "",
        "Inkan is ready. This is a demonstration: its passwords are known to everybody.",
        "",
        "  open           https://localhost:"
            + ports.web()
            + "/   (your browser will ask whether to trust it)",
        "  general user   hanako01   password  Inkan#2026",
        "  master user    master01   password  Seal#2026x",
        "  letter         " + folder.resolve(LETTER) + "   (to register as another master user)",
        "  mails          http://127.0.0.1:"
            + mailboxPort
            + "/   (the code of step 5 arrives here)",
        "  bank's staff   inkan-admin org list --config "
            + clientSettings()
            + "   (the first operator, who adds others)",
        "  trust anchor   " + folder.resolve("keys").resolve("root.cer"),
        "  OCSP and CRL   http://localhost:" + ports.status() + "/ocsp and /crl/chain.pem",
        "  data           " + folder + "   (delete the folder to start afresh)",
        "",
        "Press Ctrl-C to stop.");
  }
}
