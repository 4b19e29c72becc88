package dev.inkan.server.config;

import dev.inkan.core.key.Passphrase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds a secret, for its owner's eyes alone (mode 0600 or 0400). The secret itself is
 * never in the configuration and never prints. Safe for several threads.
 *
 * @param guarded whether somebody else sees to it that nobody else can read it
 */
public record SecretFile(Path path, boolean guarded) {

  /** How the configuration writes a credential of systemd's. */
  static final String CREDENTIAL = "credential:";

  static final int MAXIMUM = 65_536;
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** A file whose mode must show that nobody else reads it. */
  public SecretFile(Path path) {
    this(path, false);
  }

  /** Another one in the same place, kept by the same means. */
  public SecretFile beside(String name) {
    return new SecretFile(path.resolveSibling(name), guarded);
  }

  /** A file that systemd keeps from others, whatever its mode shows. */
  static SecretFile credential(Path path) {
    return new SecretFile(path, true);
  }

  /**
   * The secret's octets, less one line end at the end; the caller wipes them.
   *
   * @throws ConfigurationException if the file is missing, empty or open to others
   */
  public byte[] octets() {
    refuseFaulty(fault());
    try {
      byte[] whole = Files.readAllBytes(path);
      byte[] secret = Arrays.copyOf(whole, lengthWithoutLineEnd(whole));
      Arrays.fill(whole, (byte) 0);
      return secret;
    } catch (IOException e) {
      throw refusal("cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /**
   * The secret as a passphrase, which the caller closes.
   *
   * @throws ConfigurationException as {@link #octets()}, or if it is not printable ASCII
   */
  public Passphrase passphrase() {
    byte[] octets = octets();
    char[] characters = new char[octets.length];
    for (int i = 0; i < octets.length; i++) {
      characters[i] = (char) (octets[i] & 0xff);
    }
    try {
      return Passphrase.copyOf(characters);
    } catch (IllegalArgumentException e) {
      throw refusal("holds something other than one line of printable ASCII");
    } finally {
      Arrays.fill(octets, (byte) 0);
      Arrays.fill(characters, '\0');
    }
  }

  /**
   * The 32 octets that the file holds in base64; the caller wipes them.
   *
   * @throws ConfigurationException as {@link #octets()}, or if they are not that
   */
  public byte[] key() {
    byte[] text = octets();
    try {
      byte[] key = Base64.getDecoder().decode(text);
      if (key.length != 32) {
        throw refusal("holds " + key.length + " octets in base64, not 32");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw refusal("is not base64");
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** The secret as text, for libraries that take nothing else. */
  public String reveal() {
    return new String(octets(), StandardCharsets.UTF_8);
  }

  /** What is wrong with the file, if anything. */
  Optional<String> fault() {
    return faultOf(path, !guarded, MAXIMUM);
  }

  /** What is wrong with the file {@code path}, which may have to be its owner's alone. */
  static Optional<String> faultOf(Path path, boolean ownerOnly, long largest) {
    if (!Files.exists(path)) {
      return Optional.of("does not exist");
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      return Optional.of("is not a file that this process can read");
    }
    try {
      long size = Files.size(path);
      if (size == 0 || (size <= 2 && lengthWithoutLineEnd(Files.readAllBytes(path)) == 0)) {
        return Optional.of("is empty");
      }
      if (size > largest) {
        return Optional.of("is larger than " + largest + " octets");
      }
      return ownerOnly && isOpenToOthers(path)
          ? Optional.of("can be read or written by others than its owner (chmod 600 it)")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static boolean isOpenToOthers(Path path) throws IOException {
    // Not by the file store: a chroot or a container may have no mount point for the path.
    @Nullable PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return view != null && !OWNER.containsAll(view.readAttributes().permissions());
  }

  private static int lengthWithoutLineEnd(byte[] text) {
    int length = text.length;
    if (length > 0 && text[length - 1] == '\n') {
      length--;
      if (length > 0 && text[length - 1] == '\r') {
        length--;
      }
    }
    return length;
  }

  private void refuseFaulty(Optional<String> fault) {
    fault.ifPresent(
        text -> {
          throw refusal(text);
        });
  }

  private ConfigurationException refusal(String fault) {
    return new ConfigurationException(List.of(path + ": the secret file " + fault));
  }
}
