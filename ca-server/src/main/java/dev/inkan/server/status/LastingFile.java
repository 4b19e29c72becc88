package dev.inkan.server.status;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Files that are on the disk before anybody is told of them. Digests are SHA-256, in hex. */
final class LastingFile {

  private static final int BUFFER = 1 << 18;

  private LastingFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  interface Content {

    /** Writes it; false if there is none. */
    boolean writeTo(OutputStream out) throws IOException;
  }

  /** Writes {@code file} anew and returns its digest; nothing if there is no content for it. */
  static Optional<String> write(Path file, Content content) throws IOException {
    Files.deleteIfExists(file);
    MessageDigest digest = sha256();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER);
      if (!content.writeTo(out)) {
        return Optional.empty();
      }
      out.flush();
      channel.force(true);
    }
    return Optional.of(HexFormat.of().formatHex(digest.digest()));
  }

  /** The digest of what {@code file} holds. */
  static String digest(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Files.copy(file, out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Gives {@code file} a second name. A file system without links gets a copy. */
  static void link(Path file, Path link) throws IOException {
    try {
      Files.createLink(link, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(file, link, StandardCopyOption.COPY_ATTRIBUTES);
      force(link);
    }
  }

  /** Brings what is in memory of a file, or of a folder's names, to the disk. */
  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
