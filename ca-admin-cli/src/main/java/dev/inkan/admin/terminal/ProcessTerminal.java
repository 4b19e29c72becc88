package dev.inkan.admin.terminal;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * This process's own streams. Which of them are a terminal the launcher says in the property {@code
 * inkan.terminals}, as the digits of the streams; without it none is taken for one.
 */
public final class ProcessTerminal implements Terminal {

  private static final String JAPANESE = "印";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private final boolean coloursWanted;
  private final int columns;
  private final DeviceTerminal device = new DeviceTerminal();

  private ProcessTerminal(String terminals, int columns, Map<String, String> environment) {
    this.out = writer(FileDescriptor.out);
    this.err = writer(FileDescriptor.err);
    this.columns = columns;
    this.outIsTerminal = terminals.contains("1");
    this.errIsTerminal = terminals.contains("2");
    this.coloursWanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** The terminal of this process. */
  public static ProcessTerminal ofThisProcess(Map<String, String> environment) {
    return new ProcessTerminal(
        System.getProperty("inkan.terminals", ""),
        Integer.getInteger("inkan.columns", 0),
        environment);
  }

  private static PrintWriter writer(FileDescriptor stream) {
    // A terminal that cannot say 印 in its own character set gets UTF-8, as every program does.
    Charset own = Charset.defaultCharset();
    Charset charset = own.newEncoder().canEncode(JAPANESE) ? own : StandardCharsets.UTF_8;
    return new PrintWriter(
        new BufferedWriter(new OutputStreamWriter(new FileOutputStream(stream), charset)), false);
  }

  @Override
  public PrintWriter out() {
    return out;
  }

  @Override
  public PrintWriter err() {
    return err;
  }

  @Override
  public boolean outIsTerminal() {
    return outIsTerminal;
  }

  @Override
  public boolean errIsTerminal() {
    return errIsTerminal;
  }

  @Override
  public boolean coloursOut() {
    return outIsTerminal && coloursWanted;
  }

  @Override
  public boolean coloursErr() {
    return errIsTerminal && coloursWanted;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public Optional<String> ask(String question) {
    flush();
    return device
        .ask(question)
        .or(() -> Optional.ofNullable(System.console()).map(it -> it.readLine("%s", question)));
  }

  @Override
  public Optional<char[]> askSecretly(String question) {
    flush();
    return device
        .askSecretly(question)
        .or(() -> Optional.ofNullable(System.console()).map(it -> it.readPassword("%s", question)));
  }

  private void flush() {
    out.flush();
    err.flush();
  }
}
