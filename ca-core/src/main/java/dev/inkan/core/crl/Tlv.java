package dev.inkan.core.crl;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** The few DER encodings whose length must be known before their content is there. */
final class Tlv {

  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int EXTENSIONS = 0xa0; // [0] EXPLICIT of TBSCertList

  private static final int LONG_FORM = 0x80;

  private Tlv() {}

  /** Tag and length, as they stand before {@code length} octets of content. */
  static byte[] header(int tag, long length) {
    if (length < LONG_FORM) {
      return new byte[] {(byte) tag, (byte) length};
    }
    int octets = (Long.SIZE - Long.numberOfLeadingZeros(length) + 7) / 8;
    byte[] header = new byte[2 + octets];
    header[0] = (byte) tag;
    header[1] = (byte) (LONG_FORM | octets);
    for (int i = 0; i < octets; i++) {
      header[1 + octets - i] = (byte) (length >>> (8 * i));
    }
    return header;
  }

  /** One value, of several parts. */
  static byte[] of(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream(content.size() + 6);
    value.writeBytes(header(tag, content.size()));
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }

  /** A time as {@link EntryEncoder#putTime} has it. */
  static byte[] time(Instant instant) {
    ByteBuffer time = ByteBuffer.allocate(17);
    EntryEncoder.putTime(instant, time);
    return Arrays.copyOf(time.array(), time.position());
  }
}
