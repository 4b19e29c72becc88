package dev.inkan.server.backup;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.store.DatabaseCopy;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final Installation installation;
  private final Origin origin;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Whose backup it is.
   *
   * @param issuer the issuing CA's certificate
   * @param program this program's version
   */
  public record Origin(NodeName node, Fingerprint issuer, String program) {}

  public Backup(Installation installation, Origin origin, Clock clock, SecureRandom random) {
    this.installation = installation;
    this.origin = origin;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Writes a new file, which appears under its name when it is whole.
   *
   * @param database makes the copy that is packed, and is closed
   * @throws BackupException if the file is there, or cannot be written
   */
  public BackupManifest make(Path file, Passphrase passphrase, Supplier<DatabaseCopy> database) {
    if (Files.exists(file)) {
      throw new BackupException(
          file + " is there already: name another file. Nothing was changed.");
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (DatabaseCopy copy = database.get()) {
      Files.deleteIfExists(unfinished);
      List<BackupManifest.Content> contents = new ArrayList<>();
      Path tables = copy.file();
      new BackupFile(random)
          .write(unfinished, passphrase, out -> contents.addAll(pack(out, tables)));
      Files.move(unfinished, file);
      return manifest(contents);
    } catch (FileAlreadyExistsException e) {
      throw new BackupException(file + " appeared meanwhile: name another file.", e);
    } catch (IOException e) {
      throw new BackupException(
          file + " cannot be written (" + e.getMessage() + "). No backup was made.", e);
    }
  }

  private List<BackupManifest.Content> pack(OutputStream out, Path tables) throws IOException {
    List<BackupManifest.Content> contents = new ArrayList<>();
    ZipOutputStream zip = new ZipOutputStream(out);
    contents.add(add(zip, Installation.DATABASE, tables));
    contents.add(add(zip, Installation.JOURNAL, installation.journal()));
    for (Map.Entry<String, Path> each : installation.files().entrySet()) {
      contents.add(add(zip, each.getKey(), each.getValue()));
    }
    zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
    zip.write(manifest(contents).toJson());
    zip.closeEntry();
    zip.finish();
    return contents;
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

  /** As much of the file as there is now: a journal goes on growing. */
  private static BackupManifest.Content add(ZipOutputStream zip, String name, Path file)
      throws IOException {
    MessageDigest digest = sha256();
    zip.putNextEntry(new ZipEntry(name));
    long octets;
    try (InputStream in =
        new DigestInputStream(new Limited(Files.newInputStream(file), Files.size(file)), digest)) {
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
