package dev.inkan.server;

import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.letter.WelcomeLetter;
import dev.inkan.server.letter.WelcomePdf;
import dev.inkan.server.letter.WelcomeText;
import dev.inkan.server.mail.Letterhead;
import dev.inkan.server.registration.IssuedInvitation;
import dev.inkan.server.registration.MasterInvitation;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Where a letter goes: out on the terminal, and into a PDF that only its owner can read. */
final class LetterDelivery implements AutoCloseable {

  private static final String JAPANESE = "ご利用開始";

  private final InkanConfig config;
  private final Optional<LetterFile> file;
  private final CommandLine line;

  LetterDelivery(InkanConfig config, Optional<LetterFile> file, CommandLine line) {
    this.config = config;
    this.file = file;
    this.line = line;
  }

  /** Prints and writes the letter, says what to do with it, and wipes its password. */
  void deliver(IssuedInvitation issued, WelcomeLetter.Occasion occasion) {
    try (issued) {
      WelcomeLetter letter = letter(config, issued, occasion);
      PrintWriter out = line.getOut();
      out.print(WelcomeText.of(letter));
      out.flush();
      if (!Charset.defaultCharset().newEncoder().canEncode(JAPANESE)) {
        note("this terminal may not show Japanese; run with LANG=C.UTF-8, or use --pdf");
      }
      note(
          "the letter above holds the initial password: hand it over or post it, then delete"
              + " every copy, in this terminal too");
      file.ifPresent(it -> write(it, WelcomePdf.of(letter)));
    }
  }

  static WelcomeLetter letter(
      InkanConfig config, IssuedInvitation issued, WelcomeLetter.Occasion occasion) {
    MasterInvitation invitation = issued.invitation();
    return new WelcomeLetter(
        Letterhead.of(config.bank()),
        config.web().publicUrl(),
        invitation.organisation(),
        occasion,
        invitation.loginId(),
        issued.password(),
        invitation.createdAt(),
        invitation.expiresAt());
  }

  private void write(LetterFile to, WelcomePdf pdf) {
    byte[] octets = pdf.toByteArray();
    try {
      to.write(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
    note(to.path() + " holds the same letter: print and post it, then delete the file");
    if (!pdf.missing().isEmpty()) {
      note(
          "the PDF shows 〓 in place of "
              + described(pdf.missing())
              + ", which its font lacks; write it by hand");
    }
  }

  private static String described(Set<Integer> characters) {
    return characters.stream()
        .sorted()
        .map(it -> Character.toString(it) + " (" + String.format("U+%04X", it) + ")")
        .collect(Collectors.joining(", "));
  }

  private void note(String what) {
    line.getErr().println("note: " + what + ".");
  }

  @Override
  public void close() {
    file.ifPresent(LetterFile::close);
  }
}
