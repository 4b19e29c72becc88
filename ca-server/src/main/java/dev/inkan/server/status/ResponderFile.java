package dev.inkan.server.status;

import dev.inkan.core.key.Credential;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.key.Pkcs12IssuerKey;
import dev.inkan.server.config.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/**
 * The file of the responder's key, which is replaced as a whole: whoever reads it reads the one
 * before or the one after. Several servers may share it. Safe for use by several threads.
 */
public final class ResponderFile {

  /** How messages and logs call the key. */
  static final String KEY_ID = "ocsp-responder";

  private static final int PASSPHRASE_OCTETS = 24;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path keyFile;
  private final SecretFile passphraseFile;
  private final Pkcs12IssuerKey reader;
  private final SecureRandom random;

  /**
   * @param keyFile a PKCS#12 file, which may have yet to be made
   * @param passphraseFile what opens it; made with the first key where it is missing
   */
  public ResponderFile(
      Path keyFile, SecretFile passphraseFile, Pkcs12IssuerKey reader, SecureRandom random) {
    this.keyFile = keyFile;
    this.passphraseFile = passphraseFile;
    this.reader = reader;
    this.random = random;
  }

  Path path() {
    return keyFile;
  }

  /**
   * The key in the file.
   *
   * @throws dev.inkan.core.key.KeyUnavailableException if it is missing, damaged or under another
   *     passphrase
   * @throws dev.inkan.server.config.ConfigurationException if the passphrase's file cannot be used
   */
  Credential read() {
    try (Passphrase passphrase = passphraseFile.passphrase()) {
      return reader.load(KEY_ID, keyFile, passphrase);
    }
  }

  /** Which content the file has, as far as its outside tells; empty text if there is no file. */
  String version() {
    try {
      BasicFileAttributes file = Files.readAttributes(keyFile, BasicFileAttributes.class);
      return file.lastModifiedTime() + " " + file.size() + " " + file.fileKey();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Puts {@code credential} into the file, durably and at once.
   *
   * @throws UncheckedIOException if it cannot be written; the file is as it was
   */
  public void write(Credential credential) {
    try (Passphrase passphrase = passphrase()) {
      byte[] octets = credential.toPkcs12(passphrase).toByteArray();
      Path folder = keyFile.toAbsolutePath().getParent();
      Path next = Files.createTempFile(folder, keyFile.getFileName() + ".", ".next", OWNER_ONLY);
      try {
        writeThrough(next, octets, StandardOpenOption.WRITE);
        Files.move(next, keyFile, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Arrays.fill(octets, (byte) 0);
        Files.deleteIfExists(next);
      }
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(keyFile + " cannot be written", e);
    }
  }

  private Passphrase passphrase() throws IOException {
    Path file = passphraseFile.path().toAbsolutePath();
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      Files.createDirectories(keyFile.toAbsolutePath().getParent());
      byte[] octets = new byte[PASSPHRASE_OCTETS];
      random.nextBytes(octets);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
      Files.createFile(file, OWNER_ONLY);
      writeThrough(
          file, text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.TRUNCATE_EXISTING);
    }
    return passphraseFile.passphrase();
  }

  private static void writeThrough(Path file, byte[] octets, StandardOpenOption option)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, option)) {
      ByteBuffer buffer = ByteBuffer.wrap(octets);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }
}
