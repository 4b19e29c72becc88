package dev.inkan.server.store;

import dev.inkan.core.certificate.SerialNumber;
import java.util.Arrays;

/**
 * Many serial numbers in eight octets each: their low 64 bits, which are random, so that a million
 * of them take 8 MB and none is mistaken for another. First all are added, then it is asked.
 */
final class SerialSet {

  private static final int FIRST_CAPACITY = 1024;

  private long[] values = new long[FIRST_CAPACITY];
  private int size;

  void add(SerialNumber serialNumber) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = serialNumber.value().longValue();
  }

  /** To be called once, after the last was added. */
  void seal() {
    Arrays.sort(values, 0, size);
  }

  boolean contains(SerialNumber serialNumber) {
    return Arrays.binarySearch(values, 0, size, serialNumber.value().longValue()) >= 0;
  }
}
