package dev.inkan.e2e;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Exim on a free port of 127.0.0.1 with its own configuration and spool. STARTTLS and AUTH are
 * insisted on; alice and bob have a Maildir, tempfail is answered 451, nouser 550.
 */
final class EximServer implements AutoCloseable {

  static final String USER = "inkan";
  static final String PASSWORD = "pass word";

  private static final Path PROGRAM = Path.of("/usr/sbin/exim4");

  private final Path folder;
  private final int port;
  private final Process process;

  private EximServer(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts one whose files are in {@code folder}. */
  static EximServer start(Path folder) throws IOException, GeneralSecurityException {
    if (!Files.isExecutable(PROGRAM)) {
      throw new AssertionError(
          PROGRAM + " is missing: install the package exim4-daemon-light, then run this again");
    }
    // Started by root, Exim works as its own user, who must get at these.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String name : List.of("spool", "log", "mail")) {
      Path made = Files.createDirectory(folder.resolve(name));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    writeKey(folder);
    int port = freePort();
    Path config = Files.writeString(folder.resolve("exim.conf"), configuration(folder, port));
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-C", config.toString(), "-bdf")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("exim.out").toFile())
            .start();
    EximServer server = new EximServer(folder, port, process);
    Awaitility.await("exim's port").atMost(Duration.ofSeconds(20)).until(server::listens);
    return server;
  }

  int port() {
    return port;
  }

  /** Its certificate, in PEM. */
  Path certificate() {
    return folder.resolve("server.pem");
  }

  /** The mails delivered to {@code mailbox}, as they lie in its Maildir. */
  List<Path> delivered(String mailbox) throws IOException {
    Path fresh = folder.resolve("mail").resolve(mailbox).resolve("new");
    if (!Files.isDirectory(fresh)) {
      return List.of();
    }
    try (Stream<Path> mails = Files.list(fresh)) {
      return mails.toList();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean listens() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError(
          "exim did not start: " + Files.readString(folder.resolve("exim.out")));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (java.net.ConnectException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String configuration(Path folder, int port) {
    String user = System.getProperty("user.name").equals("root") ? "Debian-exim" : "";
    return """
        primary_hostname = localhost
        spool_directory = DIR/spool
        log_file_path = DIR/log/%slog
        pid_file_path = DIR/spool/exim.pid
        local_interfaces = 127.0.0.1
        daemon_smtp_ports = PORT
        host_lookup =
        rfc1413_query_timeout = 0s
        keep_environment =
        tls_advertise_hosts = *
        tls_certificate = DIR/server.pem
        tls_privatekey = DIR/server.key
        auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
        domainlist local_domains = mihon.example
        acl_smtp_rcpt = rcpt
        begin acl
        rcpt:
          deny  message = 530 5.7.0 STARTTLS and AUTH first
                !authenticated = *
          defer local_parts = tempfail
                message = 451 4.3.0 try later
          deny  local_parts = nouser
                message = 550 5.1.1 no such user
          accept domains = +local_domains
          deny  message = 550 5.7.1 no relay
        begin routers
        local:
          driver = accept
          domains = +local_domains
          local_parts = alice : bob
          transport = maildir
        begin transports
        maildir:
          driver = appendfile
          directory = DIR/mail/$local_part_data
          maildir_format
          create_directory
          directory_mode = 0755
          mode = 0644
          USER
        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_condition = ${if and{{eq{$auth2}{NAME}}{eq{$auth3}{PASSWORD}}}}
          server_set_id = $auth2
        """
        .replace("DIR", folder.toString())
        .replace("PORT", Integer.toString(port))
        .replace("  USER\n", user.isEmpty() ? "" : "  user = " + user + "\n")
        .replace("NAME", USER)
        .replace("PASSWORD", PASSWORD);
  }

  private static void writeKey(Path folder) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    Instant now = Instant.now();
    X500Name name = new X500Name("CN=exim");
    try {
      X509CertificateHolder certificate =
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.valueOf(now.toEpochMilli()),
                  Date.from(now.minusSeconds(3600)),
                  Date.from(now.plusSeconds(86_400)),
                  name,
                  pair.getPublic())
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
              .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()));
      writePem(folder.resolve("server.pem"), certificate);
      writePem(folder.resolve("server.key"), pair.getPrivate());
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("signing", e);
    }
  }

  private static void writePem(Path file, Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    Files.writeString(file, text.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }
}
