package dev.inkan.server.key;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;

/**
 * Writes key files: new ones only, for the owner's eyes alone, and durably. Whatever cannot be
 * written is told by a {@link KeyFileException}. Safe for use by several threads.
 */
public final class KeyFolder {

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final SecureRandom random;

  public KeyFolder(SecureRandom random) {
    this.random = random;
  }

  /** Where what is made with the keys lies: their transcript, the chain, operators' credentials. */
  public static Path of(InkanConfig config) {
    Path file =
        config
            .authority()
            .issuingKeyFile()
            .file()
            .orElse(config.authority().rootCertificateFile())
            .toAbsolutePath();
    Path folder = file.getParent();
    return folder == null ? file : folder;
  }

  /** Refuses to go on if one of {@code files} is there. */
  public void refuseExisting(Path... files) {
    for (Path file : files) {
      if (Files.exists(file)) {
        throw new KeyFileException(
            file + " is there already. This installation was made before; nothing was changed.");
      }
    }
  }

  /** Writes a credential under a new random passphrase, or the one that is there. */
  public void writeKey(Path keyFile, SecretFile passphraseFile, Credential credential) {
    try (Passphrase passphrase = passphrase(passphraseFile)) {
      writeKey(keyFile, passphrase, credential);
    }
  }

  /** Writes a credential under {@code passphrase}, which the caller closes. */
  public void writeKey(Path keyFile, Passphrase passphrase, Credential credential) {
    Der pfx = credential.toPkcs12(passphrase);
    byte[] octets = pfx.toByteArray();
    writeOwnerOnly(keyFile, octets);
    Arrays.fill(octets, (byte) 0);
  }

  /** Writes a credential in the place of another, at once and for good, under its passphrase. */
  public void replaceKey(Path keyFile, SecretFile passphraseFile, Credential credential) {
    try (Passphrase passphrase = passphrase(passphraseFile)) {
      replaceKey(keyFile, passphrase, credential);
    }
  }

  /** As above, under a passphrase that the caller closes. */
  void replaceKey(Path keyFile, Passphrase passphrase, Credential credential) {
    Path next = keyFile.resolveSibling(keyFile.getFileName() + ".next");
    try {
      Files.deleteIfExists(next); // what a process left that died here
      writeKey(next, passphrase, credential);
      Files.move(next, keyFile, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(next.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(keyFile + " cannot be replaced", e);
    }
  }

  /** The passphrase in {@code file}, or a new random one that is written there. */
  Passphrase passphrase(SecretFile secret) {
    Path file = secret.path();
    if (Files.exists(file)) {
      return secret.passphrase();
    }
    requireToBeHad(secret);
    Passphrase drawn = Passphrase.drawn(random);
    byte[] text = drawn.toByteArray();
    try {
      writeOwnerOnly(file, text);
      return drawn;
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * Refuses to go on if {@code secret} is not there and cannot be written here, before anything is
   * made that it would have to open.
   */
  void requireToBeHad(SecretFile secret) {
    Path file = secret.path();
    if (secret.guarded() && !Files.exists(file)) {
      throw new KeyFileException(
          ("the credential %1$s is missing, and systemd's credentials cannot be written here: make"
                  + " one (openssl rand -base64 24) in a file of its own, add"
                  + " LoadCredential=%1$s:FILE to inkan-server.service and to what starts this"
                  + " command, and repeat it. Nothing was changed.")
              .formatted(file.getFileName()));
    }
  }

  /** Writes a new file that its owner alone can read. */
  public void writeOwnerOnly(Path file, byte[] octets) {
    write(file, octets, "rw-------");
  }

  /** Writes a new file that everybody can read. */
  public void writePublic(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8), "rw-r--r--");
  }

  /** Makes the folder that {@code file} will lie in, for the owner alone. */
  public void makeFolderOf(Path file) {
    try {
      makeFolder(file);
    } catch (IOException e) {
      throw new KeyFileException(
          "the folder of " + file + " cannot be made (" + e.getMessage() + ")");
    }
  }

  private static void makeFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder, mode("rwx------"));
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private static void write(Path file, byte[] octets, String permissions) {
    try {
      makeFolder(file);
      try (FileChannel channel = FileChannel.open(file, NEW, mode(permissions))) {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
    } catch (FileAlreadyExistsException e) {
      throw new KeyFileException(file + " is there already; nothing of it was changed.");
    } catch (IOException e) {
      throw new KeyFileException(
          file + " cannot be written (" + e.getMessage() + "). Check the folder and its owner.");
    }
  }
}
