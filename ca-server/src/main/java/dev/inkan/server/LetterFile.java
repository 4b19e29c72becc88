package dev.inkan.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A new file for the owner's eyes alone, made before the act whose letter it will hold: an act that
 * cannot be repeated must not find out afterwards that the file cannot be written.
 */
final class LetterFile implements AutoCloseable {

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path file;
  private final FileChannel channel;
  private final AtomicBoolean written = new AtomicBoolean();

  private LetterFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Makes the file.
   *
   * @throws LetterFileException if it is there already or cannot be made
   */
  static LetterFile reserve(Path file) {
    try {
      return new LetterFile(
          file,
          FileChannel.open(
              file,
              NEW,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    } catch (FileAlreadyExistsException e) {
      throw new LetterFileException(
          file + " is there already. Nothing was changed; name another file.", e);
    } catch (IOException e) {
      throw new LetterFileException(
          file + " cannot be written. Nothing was changed; check the folder and its owner.", e);
    }
  }

  /**
   * Writes all of it.
   *
   * @throws LetterFileException if that fails; the file is removed when this is closed
   */
  void write(byte[] octets) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(octets);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      written.set(true);
    } catch (IOException e) {
      throw new LetterFileException(
          file
              + " could not be written. The letter printed above is the one that counts; use it,"
              + " or initialise the master user again.",
          e);
    }
  }

  Path path() {
    return file;
  }

  /** Removes the file if nothing was written. */
  @Override
  public void close() {
    try {
      channel.close();
      if (!written.get()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new LetterFileException(file + " cannot be closed; look whether it is there.", e);
    }
  }
}
