package dev.inkan.server.store;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.Journal;
import dev.inkan.core.store.JournalUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The journal of one node of one installation, whose first issuing CA its first line names, in an
 * append-only text file that only one process opens at a time. Safe for use by several threads.
 *
 * <p>When the file cannot be written or forced to the disk the journal closes and stays closed:
 * what follows throws {@link JournalUnavailableException} until the process starts again and reads
 * what is really there.
 */
public final class FileJournal implements Journal, AutoCloseable {

  private final JournalLock lock;
  private final JournalReader reader;
  private final JournalWriter writer;
  private final Optional<String> repair;

  private FileJournal(
      JournalLock lock, JournalReader reader, JournalWriter writer, Optional<String> repair) {
    this.lock = lock;
    this.reader = reader;
    this.writer = writer;
    this.repair = repair;
  }

  /**
   * Opens the journal, or creates it where there is none, and checks every line of it. A record the
   * last process died in is cut off: nobody was answered on its strength.
   *
   * @param issuer the installation's first issuing CA
   * @throws JournalCorruptException if anything else in it is not as it was written, or it is
   *     another node's or another CA's
   * @throws JournalUnavailableException if it cannot be read, or another process has it
   */
  public static FileJournal open(Path path, NodeName node, Fingerprint issuer) {
    return open(path, node, issuer, file -> file);
  }

  /**
   * Checks every line of a journal that a server may have open, and changes nothing.
   *
   * @return how many records it holds
   * @throws JournalCorruptException as {@link #open(Path, NodeName, Fingerprint)}
   * @throws JournalUnavailableException if it cannot be read
   */
  public static long examine(Path path, NodeName node, Fingerprint issuer) {
    try {
      return new JournalReader(path, JournalFormat.header(node, issuer)).check().lines() - 1;
    } catch (IOException e) {
      throw new JournalUnavailableException("cannot read the journal " + path, e);
    }
  }

  static FileJournal open(
      Path path, NodeName node, Fingerprint issuer, UnaryOperator<JournalFile> seam) {
    byte[] header = JournalFormat.header(node, issuer);
    try {
      JournalLock lock = JournalLock.of(path);
      try {
        return openLocked(path, header, lock, seam);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new JournalUnavailableException("cannot open the journal " + path, e);
    }
  }

  private static FileJournal openLocked(
      Path path, byte[] header, JournalLock lock, UnaryOperator<JournalFile> seam)
      throws IOException {
    FileChannel channel = openChannel(path);
    try {
      writeHeader(channel, path, header);
      JournalReader reader = new JournalReader(path, header);
      JournalReader.Extent extent = reader.check();
      Optional<String> repair = repair(channel, path, extent);
      channel.position(extent.octets());
      JournalFile end = seam.apply(JournalFile.of(channel));
      JournalWriter writer = new JournalWriter(end, extent.lines() - 1, extent.octets());
      return new FileJournal(lock, reader, writer, repair);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel openChannel(Path path) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return FileChannel.open(path, options);
    }
    FileAttribute<?> ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    return FileChannel.open(path, options, ownerOnly);
  }

  /** Writes the header of a new file, or of one whose creation was cut short. */
  private static void writeHeader(FileChannel channel, Path path, byte[] header)
      throws IOException {
    if (channel.size() >= header.length || !isStartOf(header, channel)) {
      return;
    }
    channel.position(0);
    JournalFile.of(channel).write(ByteBuffer.wrap(header));
    channel.force(true);
    forceDirectory(path);
  }

  private static boolean isStartOf(byte[] header, FileChannel channel) throws IOException {
    ByteBuffer found = ByteBuffer.allocate((int) channel.size());
    while (found.hasRemaining() && channel.read(found, found.position()) > 0) {
      // the rest
    }
    return found.flip().equals(ByteBuffer.wrap(header, 0, found.limit()));
  }

  // Else the file's name may be lost with the power, and its records with it.
  private static void forceDirectory(Path path) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null && Files.isDirectory(directory)) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static Optional<String> repair(
      FileChannel channel, Path path, JournalReader.Extent extent) throws IOException {
    if (extent.torn() == 0) {
      return Optional.empty();
    }
    channel.truncate(extent.octets());
    channel.force(true);
    return Optional.of(
        "journal "
            + path
            + ", line "
            + (extent.lines() + 1)
            + ": cut off "
            + extent.torn()
            + " octets of a record that was never completed");
  }

  /** What was cut off at opening, in a sentence for the operator. */
  public Optional<String> repair() {
    return repair;
  }

  /**
   * Hands over every record that is on stable storage, oldest first, one at a time.
   *
   * @throws JournalCorruptException if the file has changed since it was opened
   */
  public void forEach(Consumer<JournalRecord> action) {
    try {
      reader.forEach(writer.durableOctets(), action);
    } catch (IOException e) {
      throw new JournalUnavailableException("cannot read the journal", e);
    }
  }

  /** Whether another record would be taken; it is not any more once the disk refused one. */
  public boolean isOpen() {
    return writer.isOpen();
  }

  /** How many times the disk was asked to keep records; fewer than records when they queue. */
  long forces() {
    return writer.forces();
  }

  @Override
  public void serialReserved(SerialNumber serialNumber, Instant at) {
    writer.append(new JournalRecord.SerialReserved(serialNumber, at));
  }

  @Override
  public void issued(
      SerialNumber serialNumber, SubscriberId subscriber, Der certificate, Instant at) {
    writer.append(new JournalRecord.Issued(serialNumber, subscriber, certificate, at));
  }

  @Override
  public void revoked(SerialNumber serialNumber, CertificateStatus.Revoked revocation) {
    writer.append(new JournalRecord.Revoked(serialNumber, revocation));
  }

  @Override
  public void released(SerialNumber serialNumber, Instant at) {
    writer.append(new JournalRecord.Released(serialNumber, at));
  }

  @Override
  public void crlNumber(CaName ca, CrlNumber number, Instant at) {
    writer.append(new JournalRecord.CrlNumberUsed(ca, number, at));
  }

  /** The highest CRL number of {@code ca} that is on stable storage here. */
  public Optional<CrlNumber> lastCrlNumber(CaName ca) {
    AtomicLong last = new AtomicLong();
    forEach(
        written -> {
          if (written instanceof JournalRecord.CrlNumberUsed used && used.ca().equals(ca)) {
            last.accumulateAndGet(used.number().value(), Math::max);
          }
        });
    return last.get() == 0 ? Optional.empty() : Optional.of(new CrlNumber(last.get()));
  }

  /** An issuing CA is known; to be written before anything is issued by it. */
  public void issuingCa(CaName ca, Optional<Instant> issuesFrom, Der certificate, Instant at) {
    writer.append(new JournalRecord.IssuingCaKnown(ca, issuesFrom, certificate, at));
  }

  /** The issuing CAs that stand here, as they were written down last. */
  public Map<CaName, JournalRecord.IssuingCaKnown> issuingCas() {
    Map<CaName, JournalRecord.IssuingCaKnown> known = new LinkedHashMap<>();
    forEach(
        written -> {
          if (written instanceof JournalRecord.IssuingCaKnown ca) {
            known.put(ca.ca(), ca);
          }
        });
    return known;
  }

  /** Lets what was begun end on the disk, then gives the file free. */
  @Override
  public void close() {
    try (lock) {
      writer.close();
    } catch (IOException e) {
      throw new JournalUnavailableException("cannot close the journal", e);
    }
  }
}
