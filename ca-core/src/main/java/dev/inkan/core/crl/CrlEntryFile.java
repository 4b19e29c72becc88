package dev.inkan.core.crl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Entries in a file to which they are appended one by one, encoded, while their lengths are summed
 * up: memory holds one block of them. Closing deletes the file. For one thread at a time.
 */
public final class CrlEntryFile implements CrlEntries, AutoCloseable {

  private static final int BLOCK = 1 << 18;

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer pending = ByteBuffer.allocate(BLOCK);
  private long count;
  private long octets;

  private CrlEntryFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** A new file of this name. */
  public static CrlEntryFile create(Path path) throws IOException {
    return new CrlEntryFile(
        path,
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  /** Adds one entry. */
  public void append(CrlEntry entry) throws IOException {
    if (pending.remaining() < EntryEncoder.LONGEST) {
      flush();
    }
    int before = pending.position();
    EntryEncoder.put(entry, pending);
    count++;
    octets += pending.position() - before;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long octets() {
    return octets;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    flush();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    long position = 0;
    while (position < octets) {
      int read = channel.read(block.clear(), position);
      if (read <= 0) {
        throw new IOException(path + " ends after " + position + " of " + octets + " octets");
      }
      out.write(block.array(), 0, read);
      position += read;
    }
  }

  private void flush() throws IOException {
    pending.flip();
    while (pending.hasRemaining()) {
      channel.write(pending);
    }
    pending.clear();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(path);
    }
  }
}
