package dev.inkan.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.admin.command.Desk;
import dev.inkan.core.audit.AuditChain;
import dev.inkan.core.audit.AuditCheckpoint;
import dev.inkan.core.audit.AuditEntry;
import dev.inkan.core.audit.ChainHash;
import dev.inkan.core.authority.AuditCertificates;
import dev.inkan.core.authority.CertifiedKey;
import dev.inkan.core.authority.CheckpointSigner;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.core.testing.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An export of six records with a checkpoint after the fourth, and what is done to its lines. */
@Tag("D4")
class AuditVerifyTest {

  private static final TestPki PKI = new TestPki(TestPki.NOW);
  private static final CertifiedKey KEY =
      new AuditCertificates(PKI.issuingCa(), PKI.host(new MutableClock(TestPki.NOW)), PKI.keys())
          .make("みほん労働金庫");

  private @TempDir Path folder;

  /** What came of a command. */
  private record Run(int status, String out, String err) {}

  /** A header, records 1 to 4, a checkpoint, records 5 and 6, and the end. */
  private static List<String> export() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "{\"type\":\"header\",\"format\":\"inkan-audit-export-1\",\"exportedAt\":\"x\",\"certificates\":\""
            + Pem.certificates(KEY.credential().chain()).replace("\n", "\\n")
            + "\"}");
    ChainHash hash = ChainHash.START;
    for (int number = 1; number <= 6; number++) {
      AuditEntry entry =
          new AuditEntry(
              TestPki.NOW.plusSeconds(number),
              "OPERATOR",
              "kimura",
              "CERTIFICATE_REVOKED",
              Optional.of("0012/yamada01"),
              Optional.of("7f3a"),
              "key compromise " + number);
      hash = AuditChain.next(hash, number, entry);
      lines.add(record(number, entry, hash));
      if (number == 4) {
        lines.add(checkpoint(hash));
      }
    }
    lines.add("{\"type\":\"end\",\"last\":6}");
    return lines;
  }

  private static String record(int number, AuditEntry entry, ChainHash hash) {
    return """
        {"type":"record","number":%d,"at":"%s","actorKind":"%s","actorName":"%s","action":"%s",\
        "subscriber":"0012/yamada01","serialNumber":"7f3a","detail":"%s","hash":"%s","newer":[1]}"""
        .formatted(
            number,
            AuditChain.time(entry.at()),
            entry.actorKind(),
            entry.actorName(),
            entry.action(),
            entry.detail(),
            hash.hex());
  }

  private static String checkpoint(ChainHash hash) {
    AuditCheckpoint signed =
        new CheckpointSigner(KEY.credential()).sign(4, hash, 0, TestPki.NOW.plusSeconds(60));
    return """
        {"type":"checkpoint","number":4,"hash":"%s","at":"%s","previous":0,"signedBy":"%s",\
        "signature":"%s"}"""
        .formatted(hash.hex(), AuditChain.time(signed.at()), signed.signedBy(), signed.signature());
  }

  private Run verify(List<String> lines, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("audit.ndjson"), String.join("\n", lines));
    Path root =
        Files.writeString(
            folder.resolve("root.pem"), Pem.certificates(List.of(PKI.root().certificate())));
    List<String> arguments = new ArrayList<>(List.of("audit", "verify", file.toString()));
    arguments.addAll(List.of("--trust", root.toString()));
    arguments.addAll(List.of(more));
    FakeTerminal terminal = new FakeTerminal(false);
    Desk desk = new Desk(terminal, Map.of(), folder, Clock.systemUTC());
    String[] all = arguments.toArray(String[]::new);
    int status = CommandTree.of(desk, all).execute(all);
    return new Run(status, terminal.outText(), terminal.errText());
  }

  @Test
  @DisplayName("D4: an export as it was written is sound, and says how far the signatures reach")
  void sound() throws IOException {
    Run run = verify(export());

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            6 records and 1 checkpoints read
            the checkpoint signed at 2026-11-22T03:01:00.000000Z covers records 1 to 4; 2 records after the last checkpoint are not covered
            sound: nothing was changed, removed or inserted
            """);
    assertThat(run.err()).isEmpty();
  }

  static Stream<Arguments> alterations() {
    return Stream.of(
        Arguments.of("record 2 was changed", change(2, "kimura", "mallory")),
        Arguments.of("record 2 was changed", change(2, "7f3a", "7f3b")),
        Arguments.of("record 2 was changed", change(2, "\"hash\":\"", "\"hash\":\"z")),
        Arguments.of("record 3 is missing", remove(3)),
        Arguments.of("record 2 stands after record 2", repeat(2)),
        Arguments.of("record 5 is missing", remove(6)),
        Arguments.of("record 6 is missing", remove(7)),
        Arguments.of("checkpoint at record 4 does not count", change(5, "03:01:00", "03:02:00")),
        Arguments.of("breaks off after record 6", remove(8)),
        Arguments.of("records were added", change(8, "6", "5")));
  }

  @ParameterizedTest(name = "D4: {0}")
  @MethodSource("alterations")
  void whatWasDoneIsNamed(String said, UnaryOperator<List<String>> alteration) throws IOException {
    Run run = verify(alteration.apply(export()));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("altered: ", said, "not sound: ");
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("line 3 (record 2) was changed", change(2, "2026-11-22T", "gestern")),
        Arguments.of("line 3 (record 2) was changed", change(2, "\"detail\"", "\"retail\"")),
        Arguments.of("has its field number twice", change(2, "\"at\"", "\"number\":9,\"at\"")),
        Arguments.of("not JSON any more after line 3", change(2, "\"at\"", "at")),
        Arguments.of("stands after the end", repeat(8)));
  }

  @ParameterizedTest(name = "D4: {0}")
  @MethodSource("broken")
  void aLineThatIsNoneIsNamed(String said, UnaryOperator<List<String>> alteration)
      throws IOException {
    Run run = verify(alteration.apply(export()));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("is not as it was written", said);
  }

  @Test
  void aLineThatBreaksOffIsACutExport() throws IOException {
    List<String> lines = export().subList(0, 4);
    lines.set(3, lines.get(3).substring(0, 60));

    assertThat(verify(lines).out()).contains("breaks off after record 2");
  }

  @Test
  void programsGetTheVerdict() throws IOException {
    assertThat(verify(export(), "--output", "json").out()).contains("\"records\" : 6");
    Run csv = verify(change(2, "kimura", "mallory").apply(export()), "--output", "csv");
    assertThat(csv.status()).isEqualTo(1);
    assertThat(csv.out()).startsWith("finding,number,sentence\r\nCHANGED,2,");
  }

  @Test
  void whatIsNoExportIsSaid() throws IOException {
    Run run = verify(List.of("{\"hello\":1}"));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("this is no audit export");
  }

  private static UnaryOperator<List<String>> change(int line, String from, String to) {
    return lines -> {
      assertThat(lines.get(line)).contains(from);
      lines.set(line, lines.get(line).replaceFirst(Pattern.quote(from), to));
      return lines;
    };
  }

  private static UnaryOperator<List<String>> remove(int line) {
    return lines -> {
      lines.remove(line);
      return lines;
    };
  }

  private static UnaryOperator<List<String>> repeat(int line) {
    return lines -> {
      lines.add(line, lines.get(line));
      return lines;
    };
  }
}
