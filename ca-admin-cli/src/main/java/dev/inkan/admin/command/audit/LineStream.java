package dev.inkan.admin.command.audit;

import dev.inkan.admin.output.OutputClosedException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Octets in UTF-8 on their way to a writer, a line at a time so that no character is cut. */
final class LineStream extends OutputStream {

  private final PrintWriter out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineStream(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(int octet) {
    line.write(octet);
    if (octet == '\n') {
      flushLine();
    }
  }

  private void flushLine() {
    out.print(line.toString(StandardCharsets.UTF_8));
    line.reset();
    if (out.checkError()) {
      throw new OutputClosedException();
    }
  }

  @Override
  public void close() {
    flushLine();
  }
}
