package dev.inkan.server.backup;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.key.Passphrase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A backup that was opened, checked to its last octet, and unpacked where its owner alone can read
 * it. Closing deletes what was unpacked. For one thread.
 */
public final class OpenedBackup implements AutoCloseable {

  private static final int BLOCK = 1 << 16;

  private final Path folder;
  private final BackupManifest manifest;
  private final Map<String, Path> files;

  private OpenedBackup(Path folder, BackupManifest manifest, Map<String, Path> files) {
    this.folder = folder;
    this.manifest = manifest;
    this.files = files;
  }

  /**
   * Opens and checks a backup.
   *
   * @param beside a folder with room for what is in it
   * @throws BackupException if the passphrase is wrong, or it is not as it was made
   */
  public static OpenedBackup open(
      Path file, Passphrase passphrase, Path beside, SecureRandom random) {
    try {
      Path folder =
          Files.createTempDirectory(
              beside,
              ".inkan-restore-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try {
        Path zip = folder.resolve("content.zip");
        new BackupFile(random).read(file, passphrase, in -> write(in, zip));
        return unpack(file, zip, folder);
      } catch (IOException | RuntimeException e) {
        delete(folder);
        throw e;
      }
    } catch (IOException e) {
      throw new BackupException(
          file
              + " cannot be unpacked into "
              + beside
              + " ("
              + e.getMessage()
              + "). Nothing was changed.",
          e);
    }
  }

  /**
   * Reads a backup to its last octet and leaves nothing behind.
   *
   * @return what it says of itself, which is true
   * @throws BackupException if the passphrase is wrong, or it is not as it was made
   */
  public static BackupManifest check(Path file, Passphrase passphrase, SecureRandom random) {
    List<BackupManifest.Content> found = new ArrayList<>();
    AtomicReference<byte[]> manifest = new AtomicReference<>(new byte[0]);
    try {
      new BackupFile(random)
          .read(
              file,
              passphrase,
              in ->
                  manifest.set(
                      entries(
                          in,
                          (name, entry) ->
                              found.add(content(name, entry, OutputStream.nullOutputStream())))));
      return requireTrue(file, requireNonNull(manifest.get()), found);
    } catch (IOException e) {
      throw new BackupException(file + " cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static void write(InputStream in, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      byte[] block = new byte[BLOCK];
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        try {
          out.write(block, 0, count);
        } catch (IOException e) {
          throw new NoRoomException(e);
        }
      }
    }
  }

  private static OpenedBackup unpack(Path file, Path zip, Path folder) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    List<BackupManifest.Content> found = new ArrayList<>();
    byte[] manifest;
    try (InputStream in = Files.newInputStream(zip)) {
      manifest =
          entries(
              in,
              (name, entry) -> {
                // Numbered, so that no name in the file becomes a path here; H2 wants its ending.
                Path place = folder.resolve(files.size() + ".mv.db");
                try (OutputStream out =
                    Files.newOutputStream(place, StandardOpenOption.CREATE_NEW)) {
                  found.add(content(name, entry, out));
                }
                files.put(name, place);
              });
    }
    Files.delete(zip);
    return new OpenedBackup(folder, requireTrue(file, manifest, found), files);
  }

  private interface Entry {
    void take(String name, InputStream in) throws IOException;
  }

  /** Hands over every file but the manifest, which it gives back. */
  private static byte[] entries(InputStream in, Entry each) throws IOException {
    byte[] manifest = new byte[0];
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (entry.getName().equals(BackupManifest.NAME)) {
        manifest = zip.readAllBytes();
      } else {
        each.take(entry.getName(), zip);
      }
    }
    return manifest;
  }

  private static BackupManifest requireTrue(
      Path file, byte[] manifest, List<BackupManifest.Content> found) {
    if (manifest.length == 0) {
      throw new BackupException(file + " holds no manifest: it is not a backup of Inkan");
    }
    BackupManifest said = BackupManifest.parse(manifest);
    if (!said.files().equals(found)) {
      throw new BackupException(file + " does not hold what its manifest says");
    }
    return said;
  }

  private static BackupManifest.Content content(String name, InputStream in, OutputStream out)
      throws IOException {
    MessageDigest digest = Backup.sha256();
    long octets = in.transferTo(new DigestOutputStream(out, digest));
    return new BackupManifest.Content(name, octets, HexFormat.of().formatHex(digest.digest()));
  }

  public BackupManifest manifest() {
    return manifest;
  }

  /** The H2 file with the database's rows. */
  public Path database() {
    return file(Installation.DATABASE);
  }

  /** The configuration as it was. */
  public Path configuration() {
    return file(Installation.CONFIGURATION);
  }

  Path journal() {
    return file(Installation.JOURNAL);
  }

  private Path file(String name) {
    Path file = files.get(name);
    if (file == null) {
      throw new BackupException("the backup holds no " + name);
    }
    return file;
  }

  Map<String, Path> files() {
    return files;
  }

  @Override
  public void close() {
    try {
      delete(folder);
    } catch (IOException e) {
      throw new BackupException(
          folder + " holds keys and could not be deleted (" + e.getMessage() + "): delete it", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
