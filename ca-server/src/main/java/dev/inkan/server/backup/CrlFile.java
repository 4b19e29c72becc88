package dev.inkan.server.backup;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Enumeration;
import java.util.Iterator;

/** The octets of the first CRL in a file, whether DER or PEM, of which one line is held. */
final class CrlFile {

  private static final String BEGIN = "-----BEGIN X509 CRL-----";
  private static final String DASHES = "-----";
  private static final int SEQUENCE = 0x30;
  private static final int BUFFER = 1 << 16;

  private CrlFile() {}

  static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    in.mark(1);
    int first = in.read();
    in.reset();
    return first == SEQUENCE ? in : pem(in);
  }

  @SuppressWarnings("JdkObsolete") // a SequenceInputStream takes nothing else
  private static InputStream pem(InputStream in) {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    Iterator<byte[]> lines =
        reader
            .lines()
            .map(String::strip)
            .dropWhile(line -> !line.equals(BEGIN))
            .skip(1)
            .takeWhile(line -> !line.startsWith(DASHES))
            .map(Base64.getDecoder()::decode)
            .iterator();
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return lines.hasNext();
          }

          @Override
          public InputStream nextElement() {
            return new ByteArrayInputStream(lines.next());
          }
        });
  }
}
