package dev.inkan.e2e;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/** A real installation with small keys and enough users, so that many rounds fit into a minute. */
final class KillInstallation implements KillHarness.Installation, AutoCloseable {

  private static final int VISITORS = 6;

  /** A file of many users takes a hash of a password each. */
  private static final int IMPORTED_AT_ONCE = 300;

  private static final String SETTINGS =
      """
      authority: {subscriber-key: p-256, key-pool-size: 4}
      pfx: {iterations: 10000}
      password: {argon2: {memory-kib: 19456, iterations: 1}}
      source-budget: {attempts: 100000}
      """;

  private final Installation installation;
  private final SSLContext tls;

  private KillInstallation(Installation installation) {
    this.installation = installation;
    this.tls = Tls.trusting(installation.root());
  }

  /** Makes one with the users of rounds 0 to {@code rounds}. */
  static KillInstallation make(Path folder, int rounds) {
    KillInstallation made = new KillInstallation(Installation.make(folder, SETTINGS));
    List<String> lines = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      made.visitors(round).forEach(visitor -> lines.add(User.of(visitor.userId()).line()));
      if (lines.size() >= IMPORTED_AT_ONCE || round == rounds) {
        made.installation.users(lines.toArray(String[]::new));
        lines.clear();
      }
    }
    return made;
  }

  @Override
  public ServerProcess start() {
    return installation.serve();
  }

  @Override
  public Process startUnwaited() {
    return installation.serveUnwaited(List.of());
  }

  @Override
  public URI web() {
    return installation.uri();
  }

  @Override
  public SSLContext tls() {
    return tls;
  }

  @Override
  public MailServer mails() {
    return installation.mails();
  }

  @Override
  public LedgerCopy ledger() {
    return installation.ledger();
  }

  @Override
  public List<KillHarness.Visitor> visitors(int round) {
    return IntStream.range(0, VISITORS)
        .mapToObj(i -> User.of("kill%04d%c".formatted(round, 'a' + i)))
        .map(user -> new KillHarness.Visitor(user.userId(), user.password(), user.mail()))
        .toList();
  }

  @Override
  public void close() {
    installation.close();
  }
}
