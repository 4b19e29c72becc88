package dev.inkan.admin.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file whose one line is a password, readable by its owner alone. */
final class PasswordFile {

  private static final int MAXIMUM = 1_024;
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private PasswordFile() {}

  /**
   * The password, without the end of its line.
   *
   * @throws SettingsException if the file is missing, empty, too long or open to others
   */
  static Password read(Path file) {
    byte[] octets = octets(file);
    try {
      CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
      char[] characters = new char[decoded.remaining()];
      decoded.get(characters);
      Arrays.fill(decoded.array(), '\0');
      return withoutLineEnd(file, characters);
    } catch (CharacterCodingException e) {
      throw new SettingsException(
          "the password file " + file + " is not UTF-8", "write the password into it anew", e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static byte[] octets(Path file) {
    try {
      if (isOpenToOthers(file)) {
        throw new SettingsException(
            "the password file " + file + " can be read or written by others", "chmod 600 " + file);
      }
      if (Files.size(file) > MAXIMUM) {
        throw new SettingsException(
            "the password file " + file + " is larger than " + MAXIMUM + " octets",
            "give a file that holds the password alone");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SettingsException(
          "the password file " + file + " cannot be read",
          "check --password-file and the configuration file",
          e);
    }
  }

  private static Password withoutLineEnd(Path file, char[] characters) {
    int length = characters.length;
    while (length > 0 && (characters[length - 1] == '\n' || characters[length - 1] == '\r')) {
      length--;
    }
    if (length == 0) {
      throw new SettingsException(
          "the password file " + file + " is empty", "write the password into it");
    }
    Password password = Password.takeOver(Arrays.copyOf(characters, length));
    Arrays.fill(characters, '\0');
    return password;
  }

  private static boolean isOpenToOthers(Path file) throws IOException {
    @Nullable PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view != null && !OWNER.containsAll(view.readAttributes().permissions());
  }
}
