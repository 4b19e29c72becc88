package dev.inkan.server.store;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How records stand in the file: {@code sequence instant type fields... checksum} and a line feed,
 * in ASCII. The checksum is the CRC-32C (RFC 9260, appendix A) of the line before it; it finds
 * accidents, not forgers.
 */
final class JournalFormat {

  private static final String MAGIC = "inkan-journal";
  private static final String VERSION = "1";
  private static final String SERIAL_RESERVED = "serial-reserved";
  private static final String ISSUED = "issued";
  private static final String REVOKED = "revoked";
  private static final String RELEASED = "released";
  private static final String CRL_NUMBER = "crl-number";
  private static final String ISSUING_CA = "issuing-ca";
  private static final String NOT_YET = "-";

  private static final int SEQUENCE = 0;
  private static final int INSTANT = 1;
  private static final int TYPE = 2;
  private static final int SERIAL = 3;
  private static final int FIRST_FIELD = 4;
  private static final int CHECKSUM_LENGTH = 8;

  private JournalFormat() {}

  static byte[] header(NodeName node, Fingerprint issuer) {
    return line(MAGIC + ' ' + VERSION + ' ' + node + ' ' + issuer);
  }

  static byte[] encode(long sequence, JournalRecord written) {
    String start = sequence + " " + toMicros(written.at()) + ' ';
    if (written instanceof JournalRecord.CrlNumberUsed used) {
      return line(start + CRL_NUMBER + ' ' + used.number() + ' ' + used.ca());
    }
    if (written instanceof JournalRecord.IssuingCaKnown known) {
      String from = known.issuesFrom().map(it -> toMicros(it).toString()).orElse(NOT_YET);
      String der = Base64.getEncoder().encodeToString(known.certificate().toByteArray());
      return line(start + ISSUING_CA + ' ' + known.ca() + ' ' + from + ' ' + der);
    }
    return line(start + ofCertificate((JournalRecord.OfCertificate) written));
  }

  private static String ofCertificate(JournalRecord.OfCertificate written) {
    String serial = " " + written.serialNumber();
    if (written instanceof JournalRecord.Issued issued) {
      String der = Base64.getEncoder().encodeToString(issued.certificate().toByteArray());
      return ISSUED + serial + ' ' + issued.subscriber() + ' ' + der;
    }
    if (written instanceof JournalRecord.Revoked revoked) {
      CertificateStatus.Revoked by = revoked.revocation();
      String since = by.invalidityDate().map(it -> " " + toMicros(it)).orElse("");
      return REVOKED + serial + ' ' + by.reason() + since;
    }
    String type = written instanceof JournalRecord.Released ? RELEASED : SERIAL_RESERVED;
    return type + serial;
  }

  private static byte[] line(String content) {
    byte[] octets = content.getBytes(StandardCharsets.US_ASCII);
    return (content + ' ' + checksum(octets, octets.length) + '\n')
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String checksum(byte[] octets, int length) {
    CRC32C crc = new CRC32C();
    crc.update(octets, 0, length);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /** Whether the line, without its line feed, ends in its own checksum. */
  static boolean isIntact(byte[] line) {
    int content = line.length - CHECKSUM_LENGTH - 1;
    return content > 0
        && line[content] == ' '
        && checksum(line, content)
            .equals(new String(line, content + 1, CHECKSUM_LENGTH, StandardCharsets.ISO_8859_1));
  }

  /** The sequence number of an intact line, or -1 if it has none. */
  static long sequence(byte[] line) {
    String[] fields = fields(line);
    try {
      return Long.parseLong(fields[SEQUENCE]);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Reads an intact line.
   *
   * @throws IllegalArgumentException if it is no record of this version
   */
  static JournalRecord decode(byte[] line) {
    String[] fields = fields(line);
    try {
      Instant at = Instant.parse(fields[INSTANT]);
      if (fields[TYPE].equals(CRL_NUMBER)) {
        CrlNumber number = new CrlNumber(Long.parseLong(fields[SERIAL]));
        return new JournalRecord.CrlNumberUsed(new CaName(fields[FIRST_FIELD]), number, at);
      }
      if (fields[TYPE].equals(ISSUING_CA)) {
        return issuingCa(fields, at);
      }
      SerialNumber serial = SerialNumber.parse(fields[SERIAL]);
      return switch (fields[TYPE]) {
        case SERIAL_RESERVED -> new JournalRecord.SerialReserved(serial, at);
        case RELEASED -> new JournalRecord.Released(serial, at);
        case ISSUED ->
            new JournalRecord.Issued(
                serial,
                new SubscriberId(fields[FIRST_FIELD]),
                Der.copyOf(Base64.getDecoder().decode(fields[FIRST_FIELD + 1])),
                at);
        case REVOKED -> new JournalRecord.Revoked(serial, revoked(at, fields));
        default -> throw new IllegalArgumentException("unknown type of record " + fields[TYPE]);
      };
    } catch (ArrayIndexOutOfBoundsException | DateTimeException e) {
      throw new IllegalArgumentException("not a record", e);
    }
  }

  private static JournalRecord issuingCa(String[] fields, Instant at) {
    String from = fields[FIRST_FIELD];
    return new JournalRecord.IssuingCaKnown(
        new CaName(fields[SERIAL]),
        from.equals(NOT_YET) ? Optional.empty() : Optional.of(Instant.parse(from)),
        Der.copyOf(Base64.getDecoder().decode(fields[FIRST_FIELD + 1])),
        at);
  }

  // Versions before 0.4 wrote no invalidity date, and ignore it where it stands.
  private static CertificateStatus.Revoked revoked(Instant at, String[] fields) {
    Optional<Instant> since =
        fields.length > FIRST_FIELD + 1
            ? Optional.of(Instant.parse(fields[FIRST_FIELD + 1]))
            : Optional.empty();
    return new CertificateStatus.Revoked(at, RevocationReason.valueOf(fields[FIRST_FIELD]), since);
  }

  private static Instant toMicros(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  private static String[] fields(byte[] line) {
    int content = line.length - CHECKSUM_LENGTH - 1;
    return new String(line, 0, content, StandardCharsets.US_ASCII).split(" ", -1);
  }
}
