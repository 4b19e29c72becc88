package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.JournalUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("S8")
final class FileJournalTest {

  private static final Fingerprint ISSUER = new Fingerprint("ab".repeat(32));
  private static final Der DER = Der.copyOf(new byte[] {0x30, 0x03, 0x02, 0x01, 0x05});
  private static final CertificateStatus.Revoked LOST =
      new CertificateStatus.Revoked(Bed.NOW.plusSeconds(5), RevocationReason.KEY_COMPROMISE);

  @TempDir private Path directory;
  private Path path = Path.of("");

  @BeforeEach
  void name() {
    path = directory.resolve("node-1.journal");
  }

  @Test
  void recordsComeBackInOrderAfterAReopening() {
    writeThree();

    try (FileJournal journal = open()) {
      assertThat(journal.repair()).isEmpty();
      assertThat(read(journal)).isEqualTo(three());
      journal.serialReserved(Bed.serial(2), Bed.NOW);
      assertThat(read(journal)).hasSize(4);
    }
  }

  @Test
  void theFileIsForItsOwnerOnlyAndLegible() throws IOException {
    writeThree();

    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readAllLines(path).get(0))
        .startsWith("inkan-journal 1 node-1 " + ISSUER + ' ');
    assertThat(Files.readAllLines(path).get(1))
        .startsWith("1 2026-11-22T01:02:03.456789Z serial-reserved " + Bed.serial(1) + ' ');
  }

  @Test
  @DisplayName("A last record torn at any octet is cut off and told; what was before it stays")
  void aTornTailIsCutOff() throws IOException {
    writeThree();
    byte[] whole = Files.readAllBytes(path);
    int lastRecord = startOfLine(whole, 4);
    for (int length = lastRecord + 1; length < whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));

      try (FileJournal journal = open()) {
        assertThat(journal.repair()).get().asString().contains("line 4", "cut off");
        assertThat(read(journal)).isEqualTo(three().subList(0, 2));
        journal.revoked(Bed.serial(1), LOST);
      }
      assertThat(Files.readAllBytes(path)).isEqualTo(whole);
    }
  }

  @Test
  void aLastLineWithAWrongChecksumIsCutOff() throws IOException {
    writeThree();
    flipOctet(startOfLine(Files.readAllBytes(path), 4) + 3);

    try (FileJournal journal = open()) {
      assertThat(journal.repair()).isPresent();
      assertThat(read(journal)).hasSize(2);
    }
  }

  @Test
  void anyOctetChangedInTheMiddleIsRefusedAndLeftAlone() throws IOException {
    writeThree();
    byte[] whole = Files.readAllBytes(path);
    for (int i = 0; i < startOfLine(whole, 4); i++) {
      Files.write(path, whole);
      flipOctet(i);
      byte[] changed = Files.readAllBytes(path);

      assertThatThrownBy(() -> open().close())
          .isInstanceOf(JournalCorruptException.class)
          .hasMessageContaining("Do not delete");
      assertThat(Files.readAllBytes(path)).isEqualTo(changed);
    }
  }

  @Test
  void aMissingRecordIsRefusedByItsLine() throws IOException {
    writeThree();
    List<String> lines = new ArrayList<>(Files.readAllLines(path));
    lines.remove(2);
    Files.write(path, lines);

    assertThatThrownBy(() -> open().close())
        .isInstanceOf(JournalCorruptException.class)
        .hasMessageContaining("line 3: record 2 is missing")
        .extracting(refusal -> ((JournalCorruptException) refusal).line())
        .isEqualTo(3L);
  }

  @Test
  @Tag("S9")
  void anotherNodesOrAnotherCasJournalIsRefused() {
    writeThree();

    assertThatThrownBy(() -> FileJournal.open(path, new NodeName("node-2"), ISSUER).close())
        .isInstanceOf(JournalCorruptException.class)
        .hasMessageContaining("line 1");
    assertThatThrownBy(
            () -> FileJournal.open(path, Bed.NODE, new Fingerprint("cd".repeat(32))).close())
        .isInstanceOf(JournalCorruptException.class);
  }

  @Test
  void aCreationThatWasCutShortIsFinished() throws IOException {
    open().close();
    byte[] header = Files.readAllBytes(path);
    for (int length = 0; length < header.length; length++) {
      Files.write(path, Arrays.copyOf(header, length));

      open().close();

      assertThat(Files.readAllBytes(path)).isEqualTo(header);
    }
  }

  @Test
  void onlyOneMayHaveItOpen() {
    try (FileJournal first = open()) {
      first.forEach(written -> {});

      assertThatThrownBy(() -> open().close())
          .isInstanceOf(JournalUnavailableException.class)
          .hasRootCauseInstanceOf(Exception.class);
    }
    open().close();
  }

  @Test
  @DisplayName("64 threads: nothing lost, nothing mixed, and far fewer forces than records")
  void manyThreadsShareAForce() throws Exception {
    int each = 50;
    List<Callable<Boolean>> writers = new ArrayList<>();
    try (FileJournal journal = open()) {
      for (int writer = 0; writer < 64; writer++) {
        long first = writer * 1000L;
        writers.add(
            () -> {
              for (int i = 0; i < each; i++) {
                journal.serialReserved(Bed.serial(first + i + 1), Bed.NOW);
              }
              return true;
            });
      }
      Race.of(writers);

      assertThat(journal.forces()).isLessThan(64L * each / 4);
    }
    try (FileJournal journal = open()) {
      Set<SerialNumber> serials = new HashSet<>();
      journal.forEach(
          written -> serials.add(((JournalRecord.OfCertificate) written).serialNumber()));
      assertThat(serials).hasSize(64 * each);
    }
  }

  @Test
  @DisplayName("A failed force closes the journal: nothing after it is ever taken for written")
  void aFailedForceIsNeverASuccess() {
    AtomicBoolean broken = new AtomicBoolean();
    try (FileJournal journal =
        FileJournal.open(path, Bed.NODE, ISSUER, file -> new Failing(file, broken))) {
      journal.serialReserved(Bed.serial(1), Bed.NOW);
      broken.set(true);
      assertThatThrownBy(() -> journal.revoked(Bed.serial(1), LOST))
          .isInstanceOf(JournalUnavailableException.class)
          .hasRootCauseMessage("Input/output error");

      broken.set(false);
      assertThatThrownBy(() -> journal.serialReserved(Bed.serial(2), Bed.NOW))
          .isInstanceOf(JournalUnavailableException.class);
      assertThat(read(journal)).hasSize(1);
    }
  }

  @Test
  @Tag("S8")
  @Tag("S11")
  @DisplayName("S8: a full disk takes half a record: refused, said, and cut off at the next start")
  void fullDisk() throws IOException {
    AtomicBoolean full = new AtomicBoolean();
    try (FileJournal journal =
        FileJournal.open(path, Bed.NODE, ISSUER, file -> new Full(file, full))) {
      journal.serialReserved(Bed.serial(1), Bed.NOW);
      full.set(true);
      assertThatThrownBy(() -> journal.serialReserved(Bed.serial(2), Bed.NOW))
          .isInstanceOf(JournalUnavailableException.class)
          .hasMessageContaining("(No space left on device) and is closed until the next start")
          .hasRootCauseMessage("No space left on device");

      full.set(false);
      assertThat(journal.isOpen()).isFalse();
      assertThatThrownBy(() -> journal.serialReserved(Bed.serial(3), Bed.NOW))
          .isInstanceOf(JournalUnavailableException.class);
    }
    try (FileJournal again = open()) {
      assertThat(again.repair()).isPresent();
      assertThat(read(again)).as("all that was acknowledged, and no half record").hasSize(1);
      again.serialReserved(Bed.serial(4), Bed.NOW);
      assertThat(read(again)).hasSize(2);
    }
  }

  @Test
  void aCallersInterruptDoesNotCloseIt() {
    try (FileJournal journal = open()) {
      Thread.currentThread().interrupt();
      journal.serialReserved(Bed.serial(1), Bed.NOW);

      assertThat(Thread.interrupted()).isTrue();
      journal.serialReserved(Bed.serial(2), Bed.NOW);
      assertThat(read(journal)).hasSize(2);
    }
  }

  @Test
  @Tag("S9")
  @DisplayName(
      "S9: holds, releases, invalidity dates and CRL numbers come back as they were written")
  void theNewRecords() {
    CertificateStatus.Revoked hold =
        new CertificateStatus.Revoked(
            Bed.NOW, RevocationReason.CERTIFICATE_HOLD, Optional.of(Bed.NOW.minusSeconds(60)));
    CaName issuing = new CaName("issuing");
    try (FileJournal journal = open()) {
      assertThat(journal.lastCrlNumber(issuing)).isEmpty();
      journal.revoked(Bed.serial(1), hold);
      journal.released(Bed.serial(1), Bed.NOW.plusSeconds(1));
      journal.crlNumber(issuing, new CrlNumber(7), Bed.NOW);
      journal.crlNumber(CaName.ROOT, new CrlNumber(9), Bed.NOW);
      journal.crlNumber(issuing, new CrlNumber(6), Bed.NOW);
    }
    try (FileJournal journal = open()) {
      assertThat(read(journal))
          .containsExactly(
              new JournalRecord.Revoked(Bed.serial(1), hold),
              new JournalRecord.Released(Bed.serial(1), Bed.NOW.plusSeconds(1)),
              new JournalRecord.CrlNumberUsed(issuing, new CrlNumber(7), Bed.NOW),
              new JournalRecord.CrlNumberUsed(CaName.ROOT, new CrlNumber(9), Bed.NOW),
              new JournalRecord.CrlNumberUsed(issuing, new CrlNumber(6), Bed.NOW));
      assertThat(journal.lastCrlNumber(issuing)).contains(new CrlNumber(7));
    }
  }

  @Test
  @Tag("S9")
  @DisplayName("S9: issuing CAs come back as they were written last, under the first one's header")
  void issuingCas() {
    CaName second = new CaName("issuing-2");
    Der certificate = Der.copyOf(new byte[] {48, 1, 2});
    try (FileJournal journal = open()) {
      journal.issuingCa(second, Optional.empty(), certificate, Bed.NOW);
      journal.serialReserved(Bed.serial(1), Bed.NOW);
      journal.issuingCa(second, Optional.of(Bed.NOW.plusSeconds(9)), certificate, Bed.NOW);
    }
    try (FileJournal journal = open()) {
      assertThat(read(journal)).hasSize(3);
      assertThat(journal.issuingCas().values())
          .containsExactly(
              new JournalRecord.IssuingCaKnown(
                  second, Optional.of(Bed.NOW.plusSeconds(9)), certificate, Bed.NOW));
    }
  }

  @Test
  @DisplayName("A journal that knew neither holds nor CRLs is read as it was meant, octet by octet")
  void aJournalOfBefore() throws IOException {
    String serial = Bed.serial(1).toString();
    Files.writeString(
        path,
        summed("inkan-journal 1 " + Bed.NODE + ' ' + ISSUER)
            + summed("1 2026-11-22T01:02:03.456789Z serial-reserved " + serial)
            + summed("2 2026-11-22T01:02:08.456789Z revoked " + serial + " KEY_COMPROMISE"));
    try (FileJournal journal = open()) {
      assertThat(read(journal))
          .containsExactly(
              new JournalRecord.SerialReserved(Bed.serial(1), Bed.NOW),
              new JournalRecord.Revoked(Bed.serial(1), LOST));
      journal.released(Bed.serial(1), Bed.NOW);
    }
    try (FileJournal journal = open()) {
      assertThat(read(journal)).hasSize(3);
    }
  }

  private static String summed(String line) {
    CRC32C crc = new CRC32C();
    crc.update(line.getBytes(StandardCharsets.US_ASCII));
    return String.format("%s %08x%n", line, crc.getValue());
  }

  @Test
  void aClosedJournalTakesNothing() {
    FileJournal journal = open();
    journal.close();

    assertThatThrownBy(() -> journal.serialReserved(Bed.serial(1), Bed.NOW))
        .isInstanceOf(JournalUnavailableException.class);
  }

  private FileJournal open() {
    return FileJournal.open(path, Bed.NODE, ISSUER);
  }

  private void writeThree() {
    try (FileJournal journal = open()) {
      journal.serialReserved(Bed.serial(1), Bed.NOW);
      journal.issued(Bed.serial(1), Bed.TARO, DER, Bed.NOW);
      journal.revoked(Bed.serial(1), LOST);
    }
  }

  private static List<JournalRecord> three() {
    return List.of(
        new JournalRecord.SerialReserved(Bed.serial(1), Bed.NOW),
        new JournalRecord.Issued(Bed.serial(1), Bed.TARO, DER, Bed.NOW),
        new JournalRecord.Revoked(Bed.serial(1), LOST));
  }

  private static List<JournalRecord> read(FileJournal journal) {
    List<JournalRecord> records = new ArrayList<>();
    journal.forEach(records::add);
    return records;
  }

  private static int startOfLine(byte[] file, int line) {
    String text = new String(file, StandardCharsets.US_ASCII);
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    return start;
  }

  private void flipOctet(int index) throws IOException {
    byte[] octets = Files.readAllBytes(path);
    octets[index] ^= 1;
    Files.write(path, octets);
  }

  /** A disk on which no more than half of a record has room. */
  private record Full(JournalFile file, AtomicBoolean full) implements JournalFile {

    @Override
    public void write(ByteBuffer octets) throws IOException {
      if (full.get()) {
        ByteBuffer half = octets.duplicate();
        file.write(half.limit(half.position() + half.remaining() / 2));
        throw new IOException("No space left on device");
      }
      file.write(octets);
    }

    @Override
    public void force() throws IOException {
      file.force();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** A disk that says no. */
  private record Failing(JournalFile file, AtomicBoolean broken) implements JournalFile {

    @Override
    public void write(ByteBuffer octets) throws IOException {
      file.write(octets);
    }

    @Override
    public void force() throws IOException {
      if (broken.get()) {
        throw new IOException("Input/output error");
      }
      file.force();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
