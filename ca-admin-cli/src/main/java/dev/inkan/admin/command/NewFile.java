package dev.inkan.admin.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A new file for its owner's eyes alone, made before the act whose outcome it will hold: an act
 * that cannot be repeated must not find out afterwards that the file cannot be written.
 */
public final class NewFile implements AutoCloseable {

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path file;
  private final FileChannel channel;
  private boolean complete;

  private NewFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Makes the file.
   *
   * @throws StoppedException if it is there already or cannot be made
   */
  public static NewFile reserve(Path file) {
    try {
      return new NewFile(file, FileChannel.open(file, NEW, ownerOnly()));
    } catch (FileAlreadyExistsException e) {
      throw new StoppedException(
          ExitStatus.USAGE, file + " is there already; nothing was changed", "another file name");
    } catch (IOException e) {
      throw new StoppedException(
          ExitStatus.USAGE,
          file + " cannot be written; nothing was changed",
          "a folder that is there and yours");
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Which file. */
  public Path path() {
    return file;
  }

  /**
   * Writes all of it.
   *
   * @throws StoppedException if that fails
   */
  public void write(byte[] octets) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(octets);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      complete = true;
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** For what is too long to hold; {@link #complete} says when all is written. */
  public OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /**
   * Keeps what was written to {@link #stream}.
   *
   * @throws StoppedException if the disk does not take it
   */
  public void complete() {
    try {
      channel.force(true);
      complete = true;
    } catch (IOException e) {
      throw full(e);
    }
  }

  private StoppedException full(IOException e) {
    StoppedException stopped =
        new StoppedException(ExitStatus.FAILED, file + " could not be written: " + e.getMessage());
    stopped.initCause(e);
    return stopped;
  }

  /** Removes the file if not all was written. */
  @Override
  public void close() {
    try {
      channel.close();
      if (!complete) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw full(e);
    }
  }
}
