package dev.inkan.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The end of the journal's file: what the writer needs of it, and what a test can make fail. */
interface JournalFile extends Closeable {

  /** Writes all of {@code octets} at the end. */
  void write(ByteBuffer octets) throws IOException;

  /** Returns once everything written is on stable storage. */
  void force() throws IOException;

  /** The file behind an open channel that is positioned at its end. */
  static JournalFile of(FileChannel channel) {
    return new JournalFile() {
      @Override
      public void write(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
          channel.write(octets);
        }
      }

      @Override
      public void force() throws IOException {
        channel.force(false);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
