package dev.inkan.server;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.config.SecretFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/** Writes key files: new ones only, for the owner's eyes alone, and durably. */
final class KeyFolder {

  private static final int PASSPHRASE_OCTETS = 24;
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final SecureRandom random;

  KeyFolder(SecureRandom random) {
    this.random = random;
  }

  void refuseExisting(Path... files) {
    for (Path file : files) {
      if (Files.exists(file)) {
        throw new InitialisationException(
            file + " is there already. This installation was made before; nothing was changed.");
      }
    }
  }

  /** Writes a credential under a new random passphrase, or the one that is there. */
  void writeKey(Path keyFile, Path passphraseFile, Credential credential) {
    try (Passphrase passphrase = passphrase(passphraseFile)) {
      Der pfx = credential.toPkcs12(passphrase);
      byte[] octets = pfx.toByteArray();
      writeOwnerOnly(keyFile, octets);
      Arrays.fill(octets, (byte) 0);
    }
  }

  private Passphrase passphrase(Path file) {
    if (Files.exists(file)) {
      return new SecretFile(file).passphrase();
    }
    byte[] octets = new byte[PASSPHRASE_OCTETS];
    random.nextBytes(octets);
    byte[] text = Base64.getUrlEncoder().withoutPadding().encode(octets);
    char[] characters = StandardCharsets.US_ASCII.decode(ByteBuffer.wrap(text)).array();
    try {
      writeOwnerOnly(file, text);
      return Passphrase.copyOf(Arrays.copyOf(characters, text.length));
    } finally {
      Arrays.fill(octets, (byte) 0);
      Arrays.fill(text, (byte) 0);
      Arrays.fill(characters, '\0');
    }
  }

  void writeOwnerOnly(Path file, byte[] octets) {
    write(file, octets, "rw-------");
  }

  void writePublic(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8), "rw-r--r--");
  }

  /** Makes the folder that {@code file} will lie in, for the owner alone. */
  void makeFolderOf(Path file) {
    try {
      makeFolder(file);
    } catch (IOException e) {
      throw new InitialisationException(
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
      throw new InitialisationException(file + " is there already; nothing of it was changed.");
    } catch (IOException e) {
      throw new InitialisationException(
          file + " cannot be written (" + e.getMessage() + "). Check the folder and its owner.");
    }
  }
}
