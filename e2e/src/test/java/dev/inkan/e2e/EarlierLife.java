package dev.inkan.e2e;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.certificate.SerialNumber;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What users and clerks did under an earlier version of the server: a certificate in every state,
 * an application under way, mails that were sent and one that waits. The next version must not lose
 * any of it.
 */
final class EarlierLife {

  private static final String SHORT_LIVED =
      "certificate: {validity-days: 1, renewal-window-days: 0}\nnotices: {days-before: 0}\n";
  private static final String FAR_RETRY = "  retry: {first: 1h, last: 24h}\n";

  /** How a certificate stands at the end of it, or on the day after. */
  enum State {
    GOOD,
    REVOKED,
    HELD,
    RELEASED,
    EXPIRED;

    User user() {
      return User.of(name().toLowerCase(Locale.ROOT) + "01");
    }
  }

  private static final User WAITING = User.of("waiting01");

  private final Installation installation;
  private final Path files;
  private final Map<State, SerialNumber> serials = new EnumMap<>(State.class);

  private EarlierLife(Installation installation, Path files) {
    this.installation = installation;
    this.files = files;
  }

  /** Lives it, and leaves the server stopped. */
  static EarlierLife live(Installation installation) throws IOException {
    Path files = Files.createDirectory(installation.folder().resolve("issued"));
    EarlierLife life = new EarlierLife(installation, files);
    installation.users(
        Stream.concat(Stream.of(State.values()).map(State::user), Stream.of(WAITING))
            .map(User::line)
            .toArray(String[]::new));
    String configuration = Files.readString(installation.config());
    Files.writeString(installation.config(), configuration + SHORT_LIVED);
    try (ServerProcess server = installation.serve()) {
      life.issue(State.EXPIRED);
      server.terminate();
    }
    Files.writeString(installation.config(), configuration);
    try (ServerProcess server = installation.serve()) {
      life.thatOfTheClerk();
      server.terminate();
    }
    return life;
  }

  private void thatOfTheClerk() throws IOException {
    for (State state : List.of(State.GOOD, State.REVOKED, State.HELD, State.RELEASED)) {
      issue(state);
    }
    Clerk clerk = Clerk.added(installation.folder(), installation.adminUri(), "kimura");
    clerk.revoke(installation.adminUri(), serial(State.REVOKED));
    clerk.hold(installation.adminUri(), serial(State.HELD));
    clerk.hold(installation.adminUri(), serial(State.RELEASED));
    clerk.release(installation.adminUri(), serial(State.RELEASED));
  }

  private void issue(State state) {
    User user = state.user();
    serials.put(state, issue(installation, user, files.resolve(user.userId() + ".p12")));
  }

  /** Issues one certificate, whose file becomes {@code file}. */
  static SerialNumber issue(Installation installation, User user, Path file) {
    Path folder = requireNonNull(file.toAbsolutePath().getParent());
    try {
      Path issued = installation.issue(user.userId(), user.password(), user.mail(), folder);
      Files.move(issued, file);
      KeyStore store = KeyStore.getInstance(file.toFile(), user.password().toCharArray());
      X509Certificate certificate =
          (X509Certificate) store.getCertificate(store.aliases().nextElement());
      return new SerialNumber(certificate.getSerialNumber());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  SerialNumber serial(State state) {
    SerialNumber serial = serials.get(state);
    if (serial == null) {
      throw new AssertionError(state + " was not issued");
    }
    return serial;
  }

  /** Leaves an application under way, whose code no mail server took. */
  private void leaveWaiting() throws IOException {
    String configuration = Files.readString(installation.config());
    Files.writeString(
        installation.config(), configuration.replace("  username:", FAR_RETRY + "  username:"));
    installation.mails().close();
    try (ServerProcess server = installation.serve()) {
      installation.client().authenticate(WAITING.userId(), WAITING.password());
      server.terminate();
    }
  }

  /** Packs what is there, for tests that have no earlier version at hand. */
  void keep(Path file, String version) throws IOException {
    leaveWaiting();
    Properties told = new Properties();
    serials.forEach((state, serial) -> told.setProperty("serial." + state, serial.toString()));
    told.setProperty("at", Clock.systemUTC().instant().toString());
    told.setProperty("version", version);
    try (OutputStream out =
        Files.newOutputStream(installation.folder().resolve("life.properties"))) {
      told.store(out, null);
    }
    Map<String, Path> kept = new TreeMap<>();
    try (Stream<Path> all = Files.walk(installation.folder())) {
      all.filter(Files::isRegularFile)
          .filter(
              it -> !it.getFileName().toString().matches("mail.*|users.csv|inkan.yaml|root.p.*"))
          .forEach(it -> kept.put(installation.folder().relativize(it).toString(), it));
    }
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(file), StandardCharsets.UTF_8)) {
      zip.setLevel(9);
      for (Map.Entry<String, Path> each : kept.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        Files.copy(each.getValue(), zip);
      }
    }
  }
}
