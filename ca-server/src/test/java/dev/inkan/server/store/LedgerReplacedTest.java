package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.testing.OcspQuestion;
import dev.inkan.core.testing.OcspReply;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.status.LedgerHistory;
import dev.inkan.server.status.OcspDesk;
import dev.inkan.server.status.ResponderKeys;
import dev.inkan.server.status.StatusFollower;
import dev.inkan.server.status.StatusIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The database is restored from a backup, or exchanged for one behind, under a running server. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
@Tag("S9")
@Tag("S10")
final class LedgerReplacedTest {

  private static final TestPki PKI = PublishingNode.PKI;
  private static final ClockPolicy ANY = PublishingNode.ANY_CLOCK;
  private static final List<String> TABLES =
      List.of("certificate", "audit_event", "ledger_head", "crl_head", "crl", "crl_part");
  private static final CertificateStatus GOOD = new CertificateStatus.Good();
  private static final CertificateStatus UNKNOWN = new CertificateStatus.Unknown();

  private final Bed bed;
  private final Path directory;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Node node;

  LedgerReplacedTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    this.directory = directory;
  }

  /** What one life of a server knows. */
  private final class Node implements AutoCloseable {

    private final StatusIndex index = new StatusIndex();
    private final LedgerHistory history = new LedgerHistory();
    private final StatusFollower follower =
        new StatusFollower(new JdbiStatusFeed(bed.database), index, history, bed.clock, ANY);
    private final PublishingNode crls;
    private final OcspDesk desk;

    Node(String name) throws IOException {
      JdbiCrlStore store = new JdbiCrlStore(bed.database, Bed.NODE);
      crls = new PublishingNode(bed, store, history, directory.resolve(name));
      ResponderKeys keys = new ResponderKeys(CaName.ISSUING);
      keys.use(
          new OcspResponder(PKI.ocspResponderCertificates(bed.clock).make("bank").credential()));
      desk =
          new OcspDesk(
              index,
              List.of(keys),
              OcspDesk.Settings.standard(Duration.ofSeconds(60), ANY),
              bed.clock);
      publish();
      follower.start();
      follower.close(); // it looks when it is told to
    }

    CertificateStatus ask(long serial) {
      byte[] question =
          new OcspQuestion(PKI.issuing().certificate()).about(Bed.serial(serial)).encoded();
      return new OcspReply(desk.answer(question).octets()).status();
    }

    CrlNumber publish() {
      return crls.run();
    }

    @Override
    public void close() {
      crls.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    log.start();
    logger().addAppender(log);
    bed.addTaro();
    for (long serial = 1; serial <= 5; serial++) {
      issue(serial);
    }
    revoke(1);
    hold(2);
    node = new Node("crl");
  }

  @AfterEach
  void close() {
    logger().detachAppender(log);
    node.close();
    bed.close();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.inkan.server.status");
  }

  @Test
  @DisplayName(
      "S10: restored from before a revocation: it stays revoked, what is new is followed, an ERROR"
          + " says what to do; no CRL until the restart")
  void wentBack() throws Exception {
    backUp();
    revoke(3);
    hold(4);
    issue(6);
    node.follower.follow();
    CrlNumber last = node.publish();
    byte[] published = Files.readAllBytes(directory.resolve("crl/issuing.crl"));
    assertThat(node.ask(6)).isEqualTo(GOOD);

    restore();
    revoke(5); // under a number that was seen before
    long signed = bed.count("SELECT COUNT(*) FROM crl");
    requireRefused(last);
    assertThat(bed.count("SELECT COUNT(*) FROM crl"))
        .as("signed for other servers")
        .isEqualTo(signed);
    assertThat(errors()).anySatisfy(it -> assertThat(it).contains("Restart every server"));
    assertThat(node.ask(5)).isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(node.ask(4)).isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(node.ask(6)).as("not in this ledger").isEqualTo(UNKNOWN);

    hold(3);
    bed.clock.advance(Duration.ofSeconds(1));
    assertThat(bed.did(it -> it.certificates().release(Bed.serial(3), bed.clock.instant())))
        .isTrue();
    node.follower.follow();
    assertThat(node.ask(3)).as("for ever").isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(node.publish()).isEqualTo(last);
    assertThat(Files.readAllBytes(directory.resolve("crl/issuing.crl"))).isEqualTo(published);
    assertThat(errors()).as("OCSP, signing: told once").hasSize(2);

    node.close();
    revoke(3); // as the journal has it put back
    node = new Node("crl");
    assertThat(node.crls.run()).isGreaterThan(last);
    assertThat(node.ask(3)).isInstanceOf(CertificateStatus.Revoked.class);
  }

  @Test
  @DisplayName("S10: restored, and gone on farther than it was before anybody looked: noticed")
  void wentAnotherWay() throws Exception {
    backUp();
    revoke(3);
    node.follower.follow();
    CrlNumber last = node.publish();

    restore();
    bed.clock.advance(Duration.ofMinutes(1)); // CRL numbers rise with the time
    revoke(4);
    for (long serial = 10; serial <= 14; serial++) {
      issue(serial);
    }
    try (Node restarted = new Node("other")) {
      assertThat(restarted.crls.run()).isGreaterThan(last);
    }
    requireRefused(last);
    assertThat(node.ask(4)).isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(node.ask(14)).isEqualTo(GOOD);
  }

  @Test
  @DisplayName("S10: nothing is answered between the discovery and the new reading of the ledger")
  void unreadable() {
    backUp();
    revoke(3);
    node.follower.follow();
    restore();
    // The head is there, the certificates are not.
    long unused = bed.count("ALTER TABLE certificate RENAME TO away", "SELECT 1");
    node.follower.follow();
    byte[] question = new OcspQuestion(PKI.issuing().certificate()).about(Bed.serial(5)).encoded();
    assertThat(new OcspReply(node.desk.answer(question).octets()).code())
        .as("tryLater")
        .isEqualTo(3);
    unused = bed.count("ALTER TABLE away RENAME TO certificate", "SELECT 1");
    node.follower.follow();
    assertThat(node.ask(5)).isEqualTo(GOOD);
    assertThat(node.ask(3)).isInstanceOf(CertificateStatus.Revoked.class);
  }

  /** Whoever looks first, nothing that forgets serial number 3 is signed or published. */
  private void requireRefused(CrlNumber last) throws IOException {
    assertThat(node.publish()).as("before it is noticed elsewhere").isEqualTo(last);
    node.follower.follow();
    assertThat(node.ask(1)).isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(node.ask(3)).isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(node.publish()).isEqualTo(last);
  }

  private List<String> errors() {
    return log.list.stream()
        .filter(it -> it.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private void backUp() {
    TABLES.forEach(
        table -> {
          long unused =
              bed.count("CREATE TABLE old_" + table + " AS SELECT * FROM " + table, "SELECT 1");
        });
  }

  private void restore() {
    for (int i = TABLES.size() - 1; i >= 0; i--) {
      long unused = bed.count("DELETE FROM " + TABLES.get(i), "SELECT 1");
    }
    TABLES.forEach(
        table -> {
          long unused =
              bed.count(
                  "INSERT INTO " + table + " OVERRIDING SYSTEM VALUE SELECT * FROM old_" + table,
                  "SELECT 1");
        });
  }

  private void issue(long serial) {
    CertificateRecord entry = PublishingNode.issued(serial);
    bed.run(
        stores -> {
          stores
              .certificates()
              .restore(entry, Der.copyOf(("c" + serial).getBytes(StandardCharsets.US_ASCII)));
          stores.audit().append(Bed.event("issued " + serial));
        });
  }

  private void revoke(long serial) {
    change(serial, RevocationReason.KEY_COMPROMISE);
  }

  private void hold(long serial) {
    change(serial, RevocationReason.CERTIFICATE_HOLD);
  }

  private void change(long serial, RevocationReason reason) {
    CertificateStatus.Revoked status = new CertificateStatus.Revoked(bed.clock.instant(), reason);
    assertThat(
            bed.did(
                stores -> {
                  stores.audit().append(Bed.event(reason + " " + serial));
                  return reason == RevocationReason.CERTIFICATE_HOLD
                      ? stores.certificates().hold(Bed.serial(serial), status)
                      : stores.certificates().revoke(Bed.serial(serial), status);
                }))
        .isTrue();
  }
}
