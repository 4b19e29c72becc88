package dev.inkan.server.backup;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.store.DatabaseCopy;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes a backup: first the database as it stands at one moment, then the journal, which by then
 * knows at least as much. Changes nothing of either. For one thread.
 */
public final class Backup {

  /** What a name ends with until the file is whole. */
  static final String UNFINISHED = ".unfinished";

  private final Installation installation;
  private final Origin origin;
  private final Clock clock;
  private final SecureRandom random;
  private final BackupFile sealing;

  /**
   * Whose backup it is.
   *
   * @param issuer the issuing CA's certificate
   * @param program this program's version
   */
  public record Origin(NodeName node, Fingerprint issuer, String program) {}

  public Backup(Installation installation, Origin origin, Clock clock, SecureRandom random) {
    this(installation, origin, clock, random, new BackupFile(random));
  }

  Backup(
      Installation installation,
      Origin origin,
      Clock clock,
      SecureRandom random,
      BackupFile sealing) {
    this.installation = installation;
    this.origin = origin;
    this.clock = clock;
    this.random = random;
    this.sealing = sealing;
  }

  /**
   * Writes a new file, which appears under its name when it is whole, on the disk, and was read
   * back to its last octet.
   *
   * @param database makes the copy that is packed, and is closed
   * @throws BackupException if the file is there, or cannot be written
   */
  public BackupManifest make(Path file, Passphrase passphrase, Supplier<DatabaseCopy> database) {
    if (Files.exists(file)) {
      throw new BackupException(
          file + " is there already: name another file. Nothing was changed.");
    }
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (DatabaseCopy copy = database.get()) {
      Files.deleteIfExists(unfinished);
      Path tables = copy.file();
      sealing.write(unfinished, passphrase, out -> pack(out, tables));
      BackupManifest readBack = OpenedBackup.check(unfinished, passphrase, random);
      Files.move(unfinished, file);
      forceFolder(file);
      return readBack;
    } catch (FileAlreadyExistsException e) {
      throw new BackupException(file + " appeared meanwhile: name another file.", e);
    } catch (IOException e) {
      throw new BackupException(
          file + " cannot be written (" + e.getMessage() + "). No backup was made.", e);
    } finally {
      deleteIfLeft(unfinished);
    }
  }

  private static void deleteIfLeft(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw new BackupException(unfinished + " is no backup: delete it", e);
    }
  }

  // Else its name may be lost with the power.
  private static void forceFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private void pack(OutputStream out, Path tables) throws IOException {
    List<BackupManifest.Content> contents = new ArrayList<>();
    ZipOutputStream zip = new ZipOutputStream(out);
    try (FileChannel database = FileChannel.open(tables)) {
      contents.add(add(zip, Installation.DATABASE, database, database.size()));
    }
    try (FileChannel journal = FileChannel.open(installation.journal())) {
      contents.add(add(zip, Installation.JOURNAL, journal, wholeLines(journal)));
    }
    for (Map.Entry<String, Path> each : installation.files().entrySet()) {
      try (FileChannel channel = FileChannel.open(each.getValue())) {
        contents.add(add(zip, each.getKey(), channel, channel.size()));
      } catch (NoSuchFileException e) {
        if (!Installation.isPassing(each.getKey())) {
          throw e;
        }
      }
    }
    zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
    zip.write(manifest(contents).toJson());
    zip.closeEntry();
    zip.finish();
  }

  /**
   * How much of a growing journal is records to their end: of a record that is just being written
   * nobody was told, and the journal that survives may not have it.
   */
  private static long wholeLines(FileChannel journal) throws IOException {
    long end = journal.size();
    ByteBuffer octet = ByteBuffer.allocate(1);
    while (end > 0) {
      octet.clear();
      if (journal.read(octet, end - 1) == 1 && octet.get(0) == '\n') {
        return end;
      }
      end--;
    }
    return 0;
  }

  private BackupManifest manifest(List<BackupManifest.Content> contents) {
    return new BackupManifest(
        BackupManifest.FORMAT,
        origin.program(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        origin.node().value(),
        origin.issuer().toString(),
        contents);
  }

  private static BackupManifest.Content add(
      ZipOutputStream zip, String name, FileChannel file, long length) throws IOException {
    MessageDigest digest = sha256();
    zip.putNextEntry(new ZipEntry(name));
    long octets;
    try (InputStream in =
        new DigestInputStream(new Limited(Channels.newInputStream(file), length), digest)) {
      octets = in.transferTo(zip);
    }
    zip.closeEntry();
    return new BackupManifest.Content(name, octets, HexFormat.of().formatHex(digest.digest()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A stream that ends after so many octets. */
  private static final class Limited extends FilterInputStream {

    private long left;

    Limited(InputStream in, long octets) {
      super(in);
      this.left = octets;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      int octet = super.read();
      left -= octet < 0 ? left : 1;
      return octet;
    }

    @Override
    public int read(byte[] octets, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = super.read(octets, from, (int) Math.min(length, left));
      left -= count < 0 ? left : count;
      return count;
    }
  }
}
