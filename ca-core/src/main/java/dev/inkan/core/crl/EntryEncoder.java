package dev.inkan.core.crl;

import dev.inkan.core.certificate.RevocationReason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Encodes entries in DER without making anything but octets: a CRL may have a million. No entry is
 * longer than 127 octets, so every length takes one. For one thread at a time.
 */
final class EntryEncoder {

  /** Serial 22, time 17, extensions 2 + 12 + 26, and the entry's own header. */
  static final int LONGEST = 2 + 22 + 17 + 2 + 12 + 26;

  private static final int SECONDS_PER_DAY = 86_400;
  private static final int FIRST_YEAR_OF_GENERALIZED_TIME = 2050;
  private static final byte[] REASON_CODE = {0x30, 10, 0x06, 3, 0x55, 0x1d, 0x15, 0x04, 3, 0x0a, 1};
  private static final byte[] INVALIDITY_DATE = {0x30, 24, 0x06, 3, 0x55, 0x1d, 0x18, 0x04, 17};

  private EntryEncoder() {}

  /** Puts one entry, for which there is room. */
  static void put(CrlEntry entry, ByteBuffer out) {
    int start = begin(Tlv.SEQUENCE, out);
    int serial = begin(Tlv.INTEGER, out);
    out.put(entry.serialNumber().value().toByteArray());
    end(serial, out);
    putTime(entry.revocationDate(), out);
    boolean reason = entry.reason() != RevocationReason.UNSPECIFIED;
    if (reason || entry.invalidityDate().isPresent()) {
      int extensions = begin(Tlv.SEQUENCE, out);
      if (reason) {
        out.put(REASON_CODE).put((byte) entry.reason().code());
      }
      if (entry.invalidityDate().isPresent()) {
        out.put(INVALIDITY_DATE);
        putGeneralizedTime(entry.invalidityDate().get(), out);
      }
      end(extensions, out);
    }
    end(start, out);
  }

  private static int begin(int tag, ByteBuffer out) {
    out.put((byte) tag).put((byte) 0);
    return out.position();
  }

  private static void end(int start, ByteBuffer out) {
    out.put(start - 1, (byte) (out.position() - start));
  }

  /** UTCTime through 2049 and GeneralizedTime from 2050 on (RFC 5280, section 5.1.2.4). */
  static void putTime(Instant instant, ByteBuffer out) {
    LocalDate day = day(instant);
    if (day.getYear() >= FIRST_YEAR_OF_GENERALIZED_TIME) {
      putGeneralizedTime(instant, out);
      return;
    }
    out.put((byte) Tlv.UTC_TIME).put((byte) 13);
    putTwo(day.getYear() % 100, out);
    putRest(instant, day, out);
  }

  static void putGeneralizedTime(Instant instant, ByteBuffer out) {
    LocalDate day = day(instant);
    out.put((byte) Tlv.GENERALIZED_TIME).put((byte) 15);
    putTwo(day.getYear() / 100, out);
    putTwo(day.getYear() % 100, out);
    putRest(instant, day, out);
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofEpochDay(Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_DAY));
  }

  private static void putRest(Instant instant, LocalDate day, ByteBuffer out) {
    int second = Math.floorMod(instant.getEpochSecond(), SECONDS_PER_DAY);
    putTwo(day.getMonthValue(), out);
    putTwo(day.getDayOfMonth(), out);
    putTwo(second / 3600, out);
    putTwo(second / 60 % 60, out);
    putTwo(second % 60, out);
    out.put((byte) 'Z');
  }

  private static void putTwo(int value, ByteBuffer out) {
    out.put((byte) ('0' + value / 10)).put((byte) ('0' + value % 10));
  }
}
