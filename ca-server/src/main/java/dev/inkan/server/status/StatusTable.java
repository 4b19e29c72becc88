package dev.inkan.server.status;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.certificate.SerialNumber;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ObjLongConsumer;

/**
 * Statuses by serial number, 24 octets each in one array with open addressing: a million take 50
 * MB. Whole serial numbers are compared, so that none is answered for another. Readers never wait;
 * writers take turns. Safe for use by several threads.
 */
final class StatusTable {

  private static final int FIRST_SLOTS = 1 << 12;
  private static final int LONGS = 3;
  private static final int STATUS = 2;
  private static final int MOST_BITS = 128;

  // A slot is two halves of the serial number, then the status: written last and read first, so
  // that whoever sees a status sees whose it is. An entry is never taken out.
  private final AtomicReference<AtomicLongArray> slots =
      new AtomicReference<>(new AtomicLongArray(FIRST_SLOTS * LONGS));
  private final AtomicInteger used = new AtomicInteger();

  /** Longer serial numbers than this CA makes; it may have inherited some. */
  private final Map<SerialNumber, Long> longer = new ConcurrentHashMap<>();

  /** The status, or {@link PackedStatus#UNKNOWN}. */
  long find(SerialNumber serialNumber) {
    BigInteger value = serialNumber.value();
    if (value.bitLength() > MOST_BITS) {
      return longer.getOrDefault(serialNumber, PackedStatus.UNKNOWN);
    }
    AtomicLongArray array = requireNonNull(slots.get());
    long high = high(value);
    long low = value.longValue();
    int slot = first(array, high, low);
    while (true) {
      long marked = array.get(slot + STATUS); // once: the next moment it may be another's
      if (marked == 0) {
        return PackedStatus.UNKNOWN;
      }
      if (array.get(slot + 1) == low && array.get(slot) == high) {
        return marked - 1;
      }
      slot = next(array, slot);
    }
  }

  /** Whoever asks after this returned is told {@code status}. */
  synchronized void put(SerialNumber serialNumber, long status) {
    BigInteger value = serialNumber.value();
    if (value.bitLength() > MOST_BITS) {
      longer.put(serialNumber, status);
      return;
    }
    AtomicLongArray array = requireNonNull(slots.get());
    int slot = slot(array, high(value), value.longValue());
    if (array.get(slot + STATUS) == 0) {
      if (status == PackedStatus.UNKNOWN) {
        return;
      }
      array = withRoom(array);
      slot = slot(array, high(value), value.longValue());
      used.incrementAndGet();
      array.set(slot, high(value));
      array.set(slot + 1, value.longValue());
    }
    array.set(slot + STATUS, mark(status));
  }

  /** Every entry, for the one writer. */
  synchronized void forEach(ObjLongConsumer<SerialNumber> each) {
    AtomicLongArray array = requireNonNull(slots.get());
    for (int slot = 0; slot < array.length(); slot += LONGS) {
      long marked = array.get(slot + STATUS);
      if (marked != 0) {
        byte[] octets =
            ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(array.get(slot))
                .putLong(array.get(slot + 1))
                .array();
        each.accept(new SerialNumber(new BigInteger(1, octets)), marked - 1);
      }
    }
    longer.forEach(each::accept);
  }

  int size() {
    return used.get() + longer.size();
  }

  /** Zero stands for an empty slot, so statuses are kept one higher. */
  private static long mark(long status) {
    return status + 1;
  }

  private static long high(BigInteger value) {
    return value.shiftRight(Long.SIZE).longValue();
  }

  private static int first(AtomicLongArray array, long high, long low) {
    int count = array.length() / LONGS;
    return (Long.hashCode((high * 0x9e3779b97f4a7c15L) ^ low) & (count - 1)) * LONGS;
  }

  private static int next(AtomicLongArray array, int slot) {
    int next = slot + LONGS;
    return next == array.length() ? 0 : next;
  }

  /** Where this serial number is, or would be put; for the one writer. */
  private static int slot(AtomicLongArray array, long high, long low) {
    int slot = first(array, high, low);
    while (array.get(slot + STATUS) != 0
        && (array.get(slot + 1) != low || array.get(slot) != high)) {
      slot = next(array, slot);
    }
    return slot;
  }

  private AtomicLongArray withRoom(AtomicLongArray full) {
    int count = full.length() / LONGS;
    if (used.get() < count / 4 * 3) {
      return full;
    }
    AtomicLongArray larger = new AtomicLongArray(2 * full.length());
    for (int from = 0; from < full.length(); from += LONGS) {
      if (full.get(from + STATUS) != 0) {
        int to = slot(larger, full.get(from), full.get(from + 1));
        for (int i = 0; i < LONGS; i++) {
          larger.setPlain(to + i, full.get(from + i));
        }
      }
    }
    slots.set(larger);
    return larger;
  }
}
