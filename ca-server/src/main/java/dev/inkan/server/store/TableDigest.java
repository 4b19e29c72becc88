package dev.inkan.server.store;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum of the hashes of a table's rows: the same for the same rows in any order and on any
 * database, and another if one value of one row is another. For one thread.
 */
final class TableDigest {

  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private final MessageDigest hash;
  private BigInteger sum = BigInteger.ZERO;
  private long rows;

  TableDigest() {
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void add(List<@Nullable Object> row) {
    for (@Nullable Object value : row) {
      byte[] text = text(value).getBytes(StandardCharsets.UTF_8);
      hash.update((text.length + ":").getBytes(StandardCharsets.US_ASCII));
      hash.update(text);
    }
    sum = sum.add(new BigInteger(1, hash.digest())).mod(MODULUS);
    rows++;
  }

  // Databases say the same time with another offset, and numbers in other types.
  private static String text(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof OffsetDateTime time) {
      return "time " + time.toInstant();
    }
    if (value instanceof byte[] octets) {
      return "octets " + HexFormat.of().formatHex(octets);
    }
    return "text " + value;
  }

  long rows() {
    return rows;
  }

  boolean isOfTheSameRows(TableDigest other) {
    return rows == other.rows && sum.equals(other.sum);
  }
}
