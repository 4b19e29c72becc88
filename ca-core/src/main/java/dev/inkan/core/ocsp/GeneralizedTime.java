package dev.inkan.core.ocsp;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as {@code GeneralizedTime} to the second: {@code 20261122010203Z}. */
final class GeneralizedTime {

  private static final byte TAG = 0x18;
  private static final byte LENGTH = 15;

  private GeneralizedTime() {}

  static void put(ByteBuffer out, Instant instant) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    out.put(TAG).put(LENGTH);
    two(out, time.getYear() / 100);
    two(out, time.getYear() % 100);
    two(out, time.getMonthValue());
    two(out, time.getDayOfMonth());
    two(out, time.getHour());
    two(out, time.getMinute());
    two(out, time.getSecond());
    out.put((byte) 'Z');
  }

  private static void two(ByteBuffer out, int number) {
    out.put((byte) ('0' + number / 10)).put((byte) ('0' + number % 10));
  }
}
