package dev.inkan.core.certificate;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The textual encoding of certificates and CRLs.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468#section-5">RFC 7468, section 5</a>
 */
public final class Pem {

  private static final int LINE_LENGTH = 64;

  private Pem() {}

  /** The certificates one after the other. */
  public static String certificates(List<Der> certificates) {
    return certificates.stream().map(Pem::certificate).collect(Collectors.joining());
  }

  /** One CRL (section 6), of any size: it passes by. {@code out} is not closed. */
  public static void crl(InputStream der, OutputStream out) throws IOException {
    out.write("-----BEGIN X509 CRL-----\n".getBytes(StandardCharsets.US_ASCII));
    OutputStream lines = encoder().wrap(new Unclosed(out));
    der.transferTo(lines);
    lines.close(); // which writes what is left of the last line
    out.write("\n-----END X509 CRL-----\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static Base64.Encoder encoder() {
    return Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static String certificate(Der certificate) {
    return block("CERTIFICATE", certificate);
  }

  /** One block, such as a certification request (section 7). */
  public static String block(String label, Der der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + encoder().encodeToString(der.toByteArray())
        + "\n-----END "
        + label
        + "-----\n";
  }

  /**
   * The octets of the one block that a text holds; what stands around it is passed over (section
   * 2).
   *
   * @throws IllegalArgumentException if there is none, more than one, or one that is cut off
   */
  public static Der single(String label, String text) {
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    int from = text.indexOf(begin);
    if (from < 0) {
      throw new IllegalArgumentException("there is no " + begin + " in it");
    }
    int to = text.indexOf(end, from);
    if (to < 0) {
      throw new IllegalArgumentException("it is cut off: there is no " + end + " in it");
    }
    if (text.indexOf(begin, from + 1) >= 0) {
      throw new IllegalArgumentException("it holds more than one " + begin);
    }
    try {
      String inner = text.substring(from + begin.length(), to).replaceAll("\\s", "");
      return Der.copyOf(Base64.getDecoder().decode(inner));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("what stands in " + begin + " is not base64", e);
    }
  }

  /** Outlives the encoder's end. */
  private static final class Unclosed extends FilterOutputStream {

    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
      out.write(octets, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
