package dev.inkan.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process from opening the same journal. The lock is on a file of its own: POSIX
 * drops a process's locks on a file as soon as the process closes any descriptor of it, and reading
 * the journal opens and closes one.
 */
final class JournalLock implements Closeable {

  private final FileChannel channel;

  private JournalLock(FileChannel channel) {
    this.channel = channel;
  }

  static JournalLock of(Path journal) throws IOException {
    Path path = journal.resolveSibling(journal.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      if (channel.tryLock() == null) {
        throw new IOException("another process has " + journal + " open");
      }
      return new JournalLock(channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("this process has " + journal + " open already", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Gives the journal free. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
