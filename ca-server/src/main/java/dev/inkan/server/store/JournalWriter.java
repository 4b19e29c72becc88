package dev.inkan.server.store;

import dev.inkan.core.store.JournalUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes records in groups: while one group is being forced to the disk the next gathers, and one
 * force serves all of it. Safe for use by several threads.
 *
 * <p>One thread of its own does the writing: a channel closes when the thread that uses it is
 * interrupted, and a caller's interrupt must not close the journal for everybody.
 */
final class JournalWriter implements AutoCloseable {

  private final JournalFile file;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition gathered = lock.newCondition();
  private final Condition settled = lock.newCondition();

  // All that follows is guarded by the lock.
  private ByteArrayOutputStream gathering = new ByteArrayOutputStream();
  private long lastSequence;
  private long durableSequence;
  private long durableOctets;
  private long forces;
  private boolean closed;
  private @Nullable Throwable failure;

  JournalWriter(JournalFile file, long lastSequence, long octets) {
    this.file = file;
    this.lastSequence = lastSequence;
    this.durableSequence = lastSequence;
    this.durableOctets = octets;
    this.thread = new Thread(this::run, "journal");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns once the record is on stable storage. */
  void append(JournalRecord written) {
    lock.lock();
    try {
      requireOpen();
      long sequence = lastSequence + 1;
      gathering.writeBytes(JournalFormat.encode(sequence, written));
      lastSequence = sequence;
      gathered.signal();
      while (durableSequence < sequence && failure == null) {
        settled.awaitUninterruptibly();
      }
      if (durableSequence < sequence) {
        requireOpen();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether another record would be taken. */
  boolean isOpen() {
    lock.lock();
    try {
      return failure == null && !closed;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (failure != null) {
      throw new JournalUnavailableException(
          "the journal could not be written ("
              + (failure instanceof IOException
                  ? failure.getMessage()
                  : failure.getClass().getName())
              + ") and is closed until the next start",
          failure);
    }
    if (closed) {
      throw new JournalUnavailableException("the journal is closed", new IOException("closed"));
    }
  }

  private void run() {
    try {
      while (writeGroup()) {
        // the next one
      }
    } catch (IOException | RuntimeException | Error e) {
      // Whatever it is: those who wait must be told, not left waiting.
      fail(e);
    }
  }

  /** Writes what has gathered; false once the journal is closed and nothing is left. */
  private boolean writeGroup() throws IOException {
    byte[] group;
    long upTo;
    lock.lock();
    try {
      while (gathering.size() == 0 && !closed) {
        gathered.awaitUninterruptibly();
      }
      if (gathering.size() == 0) {
        return false;
      }
      group = gathering.toByteArray();
      gathering = new ByteArrayOutputStream();
      upTo = lastSequence;
    } finally {
      lock.unlock();
    }
    file.write(ByteBuffer.wrap(group));
    file.force();
    settle(upTo, group.length);
    return true;
  }

  private void settle(long upTo, int octets) {
    lock.lock();
    try {
      durableSequence = upTo;
      durableOctets += octets;
      forces++;
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // After a failed fsync the kernel may call the lost pages clean: a second one proves nothing.
  private void fail(Throwable e) {
    lock.lock();
    try {
      failure = e;
      closed = true;
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How much of the file is on stable storage. */
  long durableOctets() {
    lock.lock();
    try {
      return durableOctets;
    } finally {
      lock.unlock();
    }
  }

  /** How many groups were written. */
  long forces() {
    lock.lock();
    try {
      return forces;
    } finally {
      lock.unlock();
    }
  }

  /** Writes what has gathered and closes the file. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      gathered.signal();
    } finally {
      lock.unlock();
    }
    joinUninterruptibly();
    file.close();
  }

  private void joinUninterruptibly() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
