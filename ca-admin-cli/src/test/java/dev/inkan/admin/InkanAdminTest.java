package dev.inkan.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InkanAdminTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpSaysWhatItIsAndHowItExits() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString()).contains("inkan-admin", "Exit status:", "5   server not reachable");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void versionNamesTheProgram() {
    assertThat(run("--version")).isZero();

    assertThat(out.toString()).startsWith("inkan-admin ");
  }

  @Test
  void anUnknownNounIsWrongUsage() {
    assertThat(run("frobnicate")).isEqualTo(2);

    assertThat(err.toString()).contains("frobnicate", "Usage: inkan-admin");
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... arguments) {
    CommandLine line = InkanAdmin.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
