package dev.inkan.server.status;

import dev.inkan.core.certificate.SerialNumber;
import java.util.Arrays;

/**
 * Many serial numbers in eight octets each: their low 64 bits, which are random, so that a million
 * of them take 8 MB and none is mistaken for another. First all are added, then it is asked.
 */
public final class SerialSet {

  private static final int FIRST_CAPACITY = 1024;

  private long[] values = new long[FIRST_CAPACITY];
  private int size;

  /** Before the set is sealed. */
  public void add(SerialNumber serialNumber) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = serialNumber.value().longValue();
  }

  /** To be called once, after the last was added. */
  public void seal() {
    Arrays.sort(values, 0, size);
  }

  public boolean contains(SerialNumber serialNumber) {
    return indexOf(serialNumber) >= 0;
  }

  /** Which of them it is, from zero; negative if it is none. */
  int indexOf(SerialNumber serialNumber) {
    return Arrays.binarySearch(values, 0, size, serialNumber.value().longValue());
  }

  /** How many were added. */
  int size() {
    return size;
  }
}
