package dev.inkan.core.crl;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads DER from a stream, value by value, and can pass on what it reads as it stands. */
final class DerStream {

  private static final int VALUE_MAXIMUM = 1 << 16;
  private static final int LONG_FORM = 0x80;
  private static final int LENGTH_OCTETS_MAXIMUM = 4;
  private static final int NO_TAG = -1;

  private final InputStream in;
  private OutputStream copy = OutputStream.nullOutputStream();
  private long position;
  private int tag = NO_TAG;
  private byte[] header = {};

  DerStream(InputStream in) {
    this.in = in;
  }

  /** From here on what is read is written to {@code out} as well. */
  void copyTo(OutputStream out) {
    this.copy = out;
  }

  /** How much has been read, a tag that was only looked at excluded. */
  long position() {
    return position;
  }

  /** The tag that comes next. */
  int peek() throws IOException {
    if (tag == NO_TAG) {
      tag = octet();
    }
    return tag;
  }

  /** Reads the tag, which must be {@code expected}, and the length. */
  long enter(int expected) throws IOException {
    if (peek() != expected) {
      throw new IOException(
          "at "
              + position
              + " stands tag "
              + Integer.toHexString(tag)
              + " instead of "
              + Integer.toHexString(expected));
    }
    tag = NO_TAG;
    int first = octet();
    int octets = first < LONG_FORM ? 0 : first - LONG_FORM;
    if (first == LONG_FORM || octets > LENGTH_OCTETS_MAXIMUM) {
      throw new IOException("at " + position + " stands no length of DER");
    }
    long length = first < LONG_FORM ? first : 0;
    for (int i = 0; i < octets; i++) {
      length = length << 8 | octet();
    }
    header = Tlv.header(expected, length);
    if (header.length != 2 + octets) {
      throw new IOException("at " + position + " stands a length that is not the shortest");
    }
    position += header.length;
    copy.write(header);
    return length;
  }

  /** A whole value of some size, header included. */
  byte[] value(int expected) throws IOException {
    long length = enter(expected);
    if (length > VALUE_MAXIMUM) {
      throw new IOException("at " + position + " stands a value of " + length + " octets");
    }
    byte[] value = new byte[header.length + (int) length];
    System.arraycopy(header, 0, value, 0, header.length);
    if (in.readNBytes(value, header.length, (int) length) != length) {
      throw new EOFException("it ends at " + position);
    }
    copy.write(value, header.length, (int) length);
    position += length;
    return value;
  }

  void requireEnd() throws IOException {
    if (in.read() != -1) {
      throw new IOException("it goes on after " + position + " octets");
    }
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet == -1) {
      throw new EOFException("it ends at " + position);
    }
    return octet;
  }
}
