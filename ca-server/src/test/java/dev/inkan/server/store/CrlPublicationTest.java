package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.authority.CrlAuthority;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.crl.CrlReader;
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.policy.CrlPolicy;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.status.CrlFolder;
import dev.inkan.server.status.CrlNumbers;
import dev.inkan.server.status.CrlPublisher;
import dev.inkan.server.status.CrlSigning;
import dev.inkan.server.status.LedgerHistory;
import dev.inkan.server.status.PublishedFile;
import dev.inkan.server.status.SignedCrl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** CRLs from the ledger to the folder, on one server and on two. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
@Tag("E2")
final class CrlPublicationTest {

  private static final TestPki PKI = new TestPki(Bed.NOW);
  private static final CaName ISSUING = new CaName("issuing");
  private static final Duration EVERY = Duration.ofHours(6);
  private static final CrlPolicy POLICY = CrlPolicy.bank(EVERY, Duration.ofDays(3));
  private static final int ROUNDS = Integer.getInteger("inkan.crl.rounds", 2);
  private static final int STEPS = 30;

  private final Bed bed;
  private final Path directory;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> afterEnd = new HashSet<>();

  CrlPublicationTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    this.directory = directory;
  }

  /** One server: its connections, its journal, its folder. */
  private final class Node implements AutoCloseable {

    private final Path folderPath;
    private final RecordingJournal journal;
    private final JdbiCrlStore store;
    private final CrlFolder folder;
    private final CrlPublisher publisher;

    Node(String name, Database database, RecordingJournal journal, ClockPolicy clocks)
        throws IOException {
      this.folderPath = directory.resolve(name);
      this.journal = journal;
      this.store = new JdbiCrlStore(database, new NodeName(name));
      this.folder = new CrlFolder(folderPath, Map.of(ISSUING, reader(PKI.issuing())));
      assertThat(folder.open()).isEmpty();
      CrlAuthority authority =
          new CrlAuthority(
              ISSUING,
              PKI.issuing(),
              TestPki.PUBLICATION.issuing(),
              journal,
              bed.clock,
              clocks,
              PKI.providers());
      LedgerHistory history = new LedgerHistory();
      CrlSigning signing = new CrlSigning(authority, store, history, POLICY, true, folderPath);
      this.publisher =
          new CrlPublisher(
              List.of(ISSUING), List.of(signing), store, folder, history, Duration.ZERO);
      nodes.add(this);
    }

    CrlNumber run() {
      publisher.run();
      return folder.number(ISSUING).orElseThrow();
    }

    byte[] published(String name) throws IOException {
      return Files.readAllBytes(folderPath.resolve(name));
    }

    Crl full() throws Exception {
      return Crl.of(published("issuing.crl"));
    }

    @Override
    public void close() {
      publisher.close();
    }
  }

  @BeforeEach
  void addTaro() {
    bed.addTaro();
  }

  @AfterEach
  void close() {
    nodes.forEach(Node::close);
    bed.close();
  }

  @Test
  @Tag("D2")
  @DisplayName("D2: the CRL that follows a revocation tells it, in the file and over HTTP alike")
  void aRevocationIsPublished() throws Exception {
    Node node = node("a");
    CrlNumber first = node.run();
    assertThat(node.full().entries()).isEmpty();
    assertThat(node.folderPath.resolve("issuing-delta.crl")).doesNotExist();
    issue(1, Duration.ofDays(366));
    assertThat(node.run()).as("an issue changes no CRL").isEqualTo(first);

    revoke(1);
    CrlNumber second = node.run();

    assertThat(second).isGreaterThan(first);
    Crl full = node.full();
    assertThat(full.number()).isEqualTo(second.value());
    assertThat(full.entries()).containsOnlyKeys(Bed.serial(1).value().toString(16));
    assertThat(Crl.of(node.published("issuing-delta.crl")).base()).contains(first.value());
    PublishedFile served = node.folder.find("/crl/issuing.crl").orElseThrow();
    assertThat(served.contentType()).isEqualTo("application/pkix-crl");
    assertThat(served.nextUpdate()).isEmpty();
    assertThat(served.content())
        .isInstanceOfSatisfying(
            PublishedFile.Content.File.class,
            file ->
                assertThat(file.file())
                    .hasSameBinaryContentAs(node.folderPath.resolve("issuing.crl")));
    assertThat(node.published("chain.pem"))
        .asString(StandardCharsets.US_ASCII)
        .contains("X509 CRL");
    assertThat(node.folder.find("/crl/other.crl")).isEmpty();
    assertThat(node.folder.find("/crl/../issuing.crl")).isEmpty();
    assertThat(node.journal.crlNumbers()).containsExactly(first, second);
    assertThat(node.run()).as("nothing new").isEqualTo(second);
    assertThat(openssl(node.folderPath.resolve("issuing.crl").toString()).toLowerCase(Locale.ROOT))
        .containsPattern("crlnumber=0x0?" + Long.toHexString(second.value()));
  }

  @Test
  @Tag("D2")
  @Tag("S9")
  @DisplayName("D2: two servers publish the same octets under numbers that none of them uses twice")
  void twoServers() throws Exception {
    try (Bed other = new Bed(bed.settings)) {
      Node a = node("a");
      Node b = new Node("b", other.database, new RecordingJournal(), lenient());
      for (int serial = 1; serial <= 10; serial++) {
        issue(serial, Duration.ofDays(366));
        revoke(serial);
        Race.of(
            List.of(
                () -> {
                  a.publisher.run();
                  return true;
                },
                () -> {
                  b.publisher.run();
                  return true;
                }));
        assertThat(a.run()).isEqualTo(b.run());
        assertThat(a.published("issuing.crl")).isEqualTo(b.published("issuing.crl"));
        assertThat(a.full().entries()).hasSize(serial);
      }
      List<CrlNumber> used = new ArrayList<>(a.journal.crlNumbers());
      used.addAll(b.journal.crlNumbers());
      assertThat(used).doesNotHaveDuplicates();
      assertThat(a.folder.find("/crl/issuing.crl").orElseThrow().etag())
          .isEqualTo(b.folder.find("/crl/issuing.crl").orElseThrow().etag());
    }
  }

  @Test
  @Tag("S9")
  @DisplayName("S9: numbers go on upwards after a restart and after a database without any CRL")
  void numbersNeverGoBack() throws Exception {
    Node node = node("a");
    CrlNumber last = node.run();
    issue(1, Duration.ofDays(366));
    revoke(1);
    assertThat(node.run()).isGreaterThan(last);
    last = node.folder.number(ISSUING).orElseThrow();

    Node restarted = new Node("a", bed.database, node.journal, lenient());
    assertThat(restarted.run()).as("a restart signs nothing").isEqualTo(last);
    assertThat(CrlNumbers.unite(restarted.store, ISSUING, List.of(Optional.of(last)))).isFalse();

    // As restored from before the first CRL, under a clock that went back a day.
    bed.clock.advance(Duration.ofDays(-1));
    forgetCrls();
    Node restored = new Node("a", bed.database, node.journal, lenient());
    Optional<CrlNumber> published = restored.folder.number(ISSUING);
    assertThat(published).contains(last);
    assertThat(CrlNumbers.unite(restored.store, ISSUING, List.of(published, Optional.empty())))
        .isTrue();
    assertThat(restored.run()).isGreaterThan(last);

    // The file is lost too: the journal knows.
    CrlNumber newest = restored.folder.number(ISSUING).orElseThrow();
    forgetCrls();
    Node lost = new Node("b", bed.database, node.journal, lenient());
    assertThat(CrlNumbers.unite(lost.store, ISSUING, List.of(Optional.of(newest)))).isTrue();
    assertThat(lost.run()).isGreaterThan(newest);
    assertThat(node.journal.crlNumbers()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  @Tag("S9")
  @DisplayName(
      "S9: who finds that another took a number meanwhile gives its own up; none goes back")
  void anotherTookOne() throws Exception {
    Node node = node("a");
    CrlNumber last = node.run();
    CrlNumber mine = new CrlNumber(last.value() + 1);
    CrlNumber others = new CrlNumber(last.value() + 2);
    assertThat(node.store.take(ISSUING, standing -> Optional.of(mine))).contains(mine);
    assertThat(node.store.take(ISSUING, standing -> Optional.of(others))).contains(others);

    assertThat(
            node.store.sign(
                ISSUING,
                mine,
                signing -> {
                  throw new AssertionError("signed under a number that was given up");
                }))
        .isFalse();
    assertThat(node.store.sign(ISSUING, others, signing -> {})).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> node.store.take(ISSUING, standing -> Optional.of(mine)));
  }

  @Test
  @Tag("S9")
  @DisplayName("S9: a lower number is never published, whatever the database says")
  void neverLower() throws Exception {
    Node node = node("a");
    CrlNumber last = node.run();
    byte[] before = node.published("issuing.crl");
    bed.clock.advance(Duration.ofDays(-1));
    forgetCrls();

    assertThat(node.run()).isEqualTo(last);
    assertThat(node.published("issuing.crl")).isEqualTo(before);
  }

  @Test
  @DisplayName(
      "E2: while the folder cannot be written the last good CRL stays, and the next follows")
  void folderUnwritable() throws Exception {
    Node node = node("a");
    CrlNumber last = node.run();
    byte[] before = node.published("issuing.crl");
    Path inTheWay = node.folderPath.resolve(".issuing.crl.new").resolve("x");
    Files.createDirectories(inTheWay);
    issue(1, Duration.ofDays(366));
    revoke(1);

    assertThat(node.run()).isEqualTo(last);
    assertThat(node.published("issuing.crl")).isEqualTo(before);
    assertThat(served(node)).isEqualTo(before);

    Files.delete(inTheWay);
    assertThat(node.run()).isGreaterThan(last);
    assertThat(node.full().entries()).hasSize(1);
    assertThat(served(node)).isEqualTo(node.published("issuing.crl"));
  }

  @Test
  @Tag("S11")
  @DisplayName(
      "E2, S11: a full disk takes half a CRL: the last good one stays, then the next follows")
  void fullDisk() throws Exception {
    Node node = node("a");
    CrlNumber last = node.run();
    byte[] before = node.published("issuing.crl");
    issue(1, Duration.ofDays(366));
    revoke(1);
    Node other = node("b");
    CrlNumber newer = other.run();
    SignedCrl signed = node.store.look(ISSUING).newest().orElseThrow();
    assertThat(signed.number()).isEqualTo(newer);

    assertThatThrownBy(
            () ->
                node.folder.publish(
                    signed,
                    (kind, out) -> {
                      out.write(Arrays.copyOf(before, before.length / 2));
                      out.flush();
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("No space left on device");
    assertThat(node.folder.number(ISSUING)).contains(last);
    assertThat(node.published("issuing.crl")).isEqualTo(before);
    assertThat(served(node)).isEqualTo(before);

    assertThat(node.run()).isEqualTo(newer);
    assertThat(node.full().entries()).hasSize(1);
  }

  @Test
  @Tag("S8")
  @DisplayName("S8: no journal, no signature; the last good CRL stays")
  void journalDown() throws Exception {
    Node node = node("a");
    CrlNumber last = node.run();
    issue(1, Duration.ofDays(366));
    revoke(1);
    node.journal.breakAt(RecordingJournal.Entry.CRL_NUMBER);
    assertThat(node.run()).isEqualTo(last);
    node.journal.mend();
    assertThat(node.run()).isGreaterThan(last);
  }

  @Test
  @Tag("S12")
  @DisplayName("S12: under a clock that is off the database's, or went back, nothing is signed")
  void clockBack() throws Exception {
    bed.clock.advance(
        Duration.between(bed.clock.instant(), bed.get(stores -> stores.databaseTime())));
    Node node = new Node("a", bed.database, new RecordingJournal(), ClockPolicy.BANK);
    CrlNumber last = node.run();
    issue(1, Duration.ofDays(366));
    revoke(1);
    bed.clock.advance(Duration.ofHours(-1));
    assertThat(node.run()).isEqualTo(last);
    bed.clock.advance(Duration.ofHours(1));
    assertThat(node.run()).isGreaterThan(last);
  }

  @Test
  @DisplayName("E2: on schedule a CRL follows before its time, without any change, with overlap")
  void schedule() throws Exception {
    Node node = node("a");
    CrlNumber last = node.run();
    Instant end = node.full().nextUpdate();
    bed.clock.advance(EVERY.minusSeconds(1));
    assertThat(node.run()).isEqualTo(last);
    bed.clock.advance(Duration.ofSeconds(1));
    assertThat(node.run()).isGreaterThan(last);
    assertThat(bed.clock.instant()).isBefore(end.minus(EVERY));
    assertThat(node.full().thisUpdate())
        .as("a gateway whose clock is behind takes it")
        .isBefore(bed.clock.instant().minusSeconds(240));
  }

  @Test
  @Tag("S19")
  @DisplayName(
      "I-06: over random histories base and delta make the full CRL, which holds what it must")
  void histories() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = Long.getLong("inkan.crl.seed", System.nanoTime());
      System.out.println("CRL history: -Dinkan.crl.seed=" + seed);
      history(new Random(seed), round);
    }
  }

  private void history(Random random, int round) throws Exception {
    Node node = node("history-" + round);
    Map<Long, Crl> fulls = new HashMap<>();
    for (int step = 1; step <= STEPS; step++) {
      long serial = round * 1_000L + step;
      issue(serial, Duration.ofHours(1L + random.nextInt(40)));
      change(random, round * 1_000L + 1 + random.nextInt(step));
      change(random, round * 1_000L + 1 + random.nextInt(step));
      bed.clock.advance(Duration.ofMinutes(random.nextInt(240)));
      CrlNumber before = node.folder.number(ISSUING).orElse(new CrlNumber(1));
      if (!node.run().isAfter(before)) {
        continue;
      }
      Crl full = node.full();
      requireComplete(full);
      Path deltaFile = node.folderPath.resolve("issuing-delta.crl");
      if (full.freshest()) {
        Crl delta = Crl.of(Files.readAllBytes(deltaFile));
        assertThat(delta.number()).isEqualTo(full.number());
        fulls.values().stream()
            .filter(it -> it.number() >= delta.base().orElseThrow())
            .forEach(
                it ->
                    assertThat(delta.over(it))
                        .as("over %d", it.number())
                        .isEqualTo(full.entries()));
      }
      fulls.put(full.number(), full);
    }
    assertThat(fulls).hasSizeGreaterThan(3);
  }

  private void change(Random random, long serial) {
    CertificateRecord entry =
        bed.find(stores -> stores.certificates().find(Bed.serial(serial))).orElseThrow();
    bed.clock.advance(Duration.ofMillis(5));
    Instant now = bed.clock.instant();
    boolean unused =
        switch (random.nextInt(4)) {
          case 0 ->
              bed.did(
                  stores ->
                      stores
                          .certificates()
                          .revoke(
                              entry.serialNumber(),
                              new CertificateStatus.Revoked(
                                  now, RevocationReason.KEY_COMPROMISE, Optional.of(now))));
          case 1 ->
              bed.did(
                  stores ->
                      stores
                          .certificates()
                          .hold(
                              entry.serialNumber(),
                              new CertificateStatus.Revoked(
                                  now, RevocationReason.CERTIFICATE_HOLD)));
          case 2 -> bed.did(stores -> stores.certificates().release(entry.serialNumber(), now));
          default -> true;
        };
  }

  /** Nothing is on it that counts; everything is that does not, until one CRL after its end. */
  private void requireComplete(Crl full) {
    List<CertificateRecord> all =
        bed.list(stores -> stores.certificates().findBySubscriber(Bed.TARO));
    Set<String> revoked =
        all.stream()
            .filter(it -> it.revocation().isPresent())
            .map(CrlPublicationTest::hex)
            .collect(Collectors.toSet());
    assertThat(revoked).containsAll(full.entries().keySet());
    for (CertificateRecord entry : all) {
      boolean ended = !entry.validity().notAfter().isAfter(full.thisUpdate());
      boolean listed = full.entries().containsKey(hex(entry));
      if (entry.revocation().isPresent() && !listed) {
        assertThat(ended).as("%s is left out though it has not ended", hex(entry)).isTrue();
        assertThat(afterEnd).as("%s was on none after its end", hex(entry)).contains(hex(entry));
      }
      if (listed && ended) {
        afterEnd.add(hex(entry));
      }
    }
  }

  private static String hex(CertificateRecord entry) {
    return entry.serialNumber().value().toString(16);
  }

  private Node node(String name) throws IOException {
    return new Node(name, bed.database, new RecordingJournal(), lenient());
  }

  // The database's clock is the real one.
  private static ClockPolicy lenient() {
    return new ClockPolicy(Duration.ofDays(36_500));
  }

  private static CrlReader reader(IssuerKey key) {
    return new CrlReader(
        Issuer.of(key.certificate(), TestPki.PUBLICATION.issuing()),
        PKI.providers().forVerification());
  }

  private void issue(long serial, Duration length) {
    Instant now = bed.clock.instant();
    CertificateRecord entry =
        CertificateRecord.prepared(
                Bed.serial(serial),
                CertificateKind.SUBSCRIBER,
                CaName.ISSUING,
                Bed.TARO,
                Validity.lasting(length, now),
                now,
                Bed.NODE)
            .issued();
    bed.run(
        stores ->
            stores
                .certificates()
                .restore(entry, Der.copyOf(("c" + serial).getBytes(StandardCharsets.US_ASCII))));
  }

  private void revoke(long serial) {
    SerialNumber number = Bed.serial(serial);
    CertificateStatus.Revoked lost =
        new CertificateStatus.Revoked(bed.clock.instant(), RevocationReason.KEY_COMPROMISE);
    assertThat(bed.did(stores -> stores.certificates().revoke(number, lost))).isTrue();
  }

  private void forgetCrls() {
    for (String table : List.of("crl_part", "crl", "crl_head")) {
      long left = bed.count("DELETE FROM " + table, "SELECT COUNT(*) FROM " + table);
      assertThat(left).isZero();
    }
  }

  private static byte[] served(Node node) throws IOException {
    PublishedFile.Content content = node.folder.find("/crl/issuing.crl").orElseThrow().content();
    return Files.readAllBytes(((PublishedFile.Content.File) content).file());
  }

  private static String openssl(String file) throws Exception {
    Process process =
        new ProcessBuilder("openssl", "crl", "-inform", "DER", "-in", file, "-noout", "-crlnumber")
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  /** A CRL as the JDK and Bouncy Castle read it. */
  private record Crl(
      long number,
      Optional<Long> base,
      boolean freshest,
      Instant thisUpdate,
      Instant nextUpdate,
      Map<String, String> entries) {

    static Crl of(byte[] encoded) throws Exception {
      X509CRLHolder holder = new X509CRLHolder(encoded);
      X509CRL crl =
          (X509CRL)
              CertificateFactory.getInstance("X.509")
                  .generateCRL(new ByteArrayInputStream(encoded));
      crl.verify(TestPki.x509(PKI.issuing().certificate()).getPublicKey());
      Map<String, String> entries =
          Stream.ofNullable(crl.getRevokedCertificates())
              .flatMap(Collection::stream)
              .collect(
                  Collectors.toMap(
                      it -> it.getSerialNumber().toString(16),
                      it -> it.getRevocationDate() + " " + it.getRevocationReason(),
                      (a, b) -> {
                        throw new AssertionError("I-07: a serial number stands twice");
                      },
                      TreeMap::new));
      return new Crl(
          number(holder, Extension.cRLNumber).orElseThrow(),
          number(holder, Extension.deltaCRLIndicator),
          holder.getExtension(Extension.freshestCRL) != null,
          crl.getThisUpdate().toInstant(),
          crl.getNextUpdate().toInstant(),
          entries);
    }

    Map<String, String> over(Crl base) {
      Map<String, String> all = new TreeMap<>(base.entries());
      entries.forEach(
          (serial, what) -> {
            if (what.endsWith("REMOVE_FROM_CRL")) {
              all.remove(serial);
            } else {
              all.put(serial, what);
            }
          });
      return all;
    }

    private static Optional<Long> number(X509CRLHolder crl, ASN1ObjectIdentifier which) {
      return Optional.ofNullable(crl.getExtension(which))
          .map(it -> ASN1Integer.getInstance(it.getParsedValue()).longValueExact());
    }
  }
}
