package dev.inkan.server.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a journal from its start, line by line, and believes nothing that is not as written. */
final class JournalReader {

  /** Far above the longest record: a certificate in base64. */
  private static final int LINE_MAXIMUM = 1 << 20;

  private final Path path;
  private final byte[] header;

  JournalReader(Path path, byte[] header) {
    this.path = path;
    this.header = header;
  }

  /**
   * @param lines whole and intact, the header included
   * @param octets up to the end of the last of them
   * @param torn octets after it that a dying process left
   */
  record Extent(long lines, long octets, long torn) {}

  /** Checks every line and says where the last good one ends. */
  Extent check() throws IOException {
    return read(Files.size(path), written -> {}, true);
  }

  /** Hands over the records in the first {@code octets} of the file, all of them good. */
  void forEach(long octets, Consumer<JournalRecord> reader) throws IOException {
    read(octets, reader, false);
  }

  private Extent read(long end, Consumer<JournalRecord> reader, boolean mayBeTorn)
      throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      requireHeader(in);
      long lines = 1;
      long octets = header.length;
      while (octets < end) {
        byte @Nullable [] line = readLine(in, lines + 1);
        if (line == null || !JournalFormat.isIntact(line)) {
          long lineEnd = line == null ? end : octets + line.length + 1;
          if (mayBeTorn && lineEnd >= end && !endsInRecord(line, lines + 1)) {
            return new Extent(lines, octets, end - octets);
          }
          throw new JournalCorruptException(path, lines + 1, "the checksum is wrong");
        }
        reader.accept(decode(line, lines));
        lines++;
        octets += line.length + 1;
      }
      return new Extent(lines, octets, 0);
    }
  }

  // A line feed that was lost later makes one bad line of two good ones, and cutting it off would
  // cut off records that somebody was answered on.
  private static boolean endsInRecord(byte @Nullable [] line, long sequence) {
    if (line == null) {
      return false;
    }
    byte[] start = (sequence + " ").getBytes(StandardCharsets.US_ASCII);
    for (int from = 1; from + start.length < line.length; from++) {
      if (Arrays.equals(line, from, from + start.length, start, 0, start.length)
          && JournalFormat.isIntact(Arrays.copyOfRange(line, from, line.length))) {
        return true;
      }
    }
    return false;
  }

  private void requireHeader(InputStream in) throws IOException {
    byte[] found = in.readNBytes(header.length);
    if (!Arrays.equals(found, header)) {
      throw new JournalCorruptException(
          path, 1, "the header is not that of this node and this issuing CA");
    }
  }

  // Record n stands in line n + 1, after the header.
  private JournalRecord decode(byte[] line, long sequence) {
    long found = JournalFormat.sequence(line);
    if (found != sequence) {
      throw new JournalCorruptException(
          path, sequence + 1, "record " + sequence + " is missing; " + found + " stands there");
    }
    try {
      return JournalFormat.decode(line);
    } catch (IllegalArgumentException e) {
      throw new JournalCorruptException(
          path, sequence + 1, "this version cannot read the record: " + e.getMessage());
    }
  }

  /** The next line without its line feed, or null where the file ends before one. */
  private byte @Nullable [] readLine(InputStream in, long number) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    for (int octet = in.read(); octet != -1; octet = in.read()) {
      if (octet == '\n') {
        return line.toByteArray();
      }
      line.write(octet);
      if (line.size() > LINE_MAXIMUM) {
        throw new JournalCorruptException(path, number, "the line does not end");
      }
    }
    return null;
  }
}
