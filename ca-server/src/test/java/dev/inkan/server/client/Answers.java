package dev.inkan.server.client;

import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.gateway.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one program of {@code src/test/clients}, or of the JDK, says about all certificates: it is
 * run once for some hundreds of them, and answers for every source that it can ask.
 */
final class Answers {

  private static final int AT_ONCE = 250;

  private final Map<StatusClient.Source, Map<SerialNumber, Verdict>> said =
      new EnumMap<>(StatusClient.Source.class);

  /** A program: from the responder, the folder and a list of certificates to lines. */
  interface Run {

    String apply(List<String> arguments);

    /** One of the machine. */
    static Run command(List<String> command) {
      return arguments -> {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(arguments);
        return Program.run(whole).orFail().output();
      };
    }
  }

  static Answers of(Run program, Site site, List<Leaf> leaves) {
    Answers answers = new Answers();
    for (int from = 0; from < leaves.size(); from += AT_ONCE) {
      List<Leaf> some = leaves.subList(from, Math.min(from + AT_ONCE, leaves.size()));
      List<String> arguments =
          List.of(site.ocsp().toString(), site.folder().toString(), list(site, some).toString());
      program.apply(arguments).lines().forEach(answers::take);
    }
    return answers;
  }

  /** What it said by this source. */
  Map<SerialNumber, Verdict> by(StatusClient.Source source) {
    return said.getOrDefault(source, Map.of());
  }

  private static Path list(Site site, List<Leaf> leaves) {
    StringBuilder lines = new StringBuilder();
    for (Leaf leaf : leaves) {
      lines.append(leaf.serialNumber() + "\t" + leaf.pem() + "\t" + site.issuerOf(leaf) + "\n");
    }
    try {
      return Files.writeString(Files.createTempFile(site.folder(), "asked-", ".tsv"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    List<String> fields = List.of(line.split("\t", -1));
    if (fields.size() != 6) {
      throw new AssertionError("not an answer: " + line);
    }
    Verdict verdict =
        new Verdict(
            fields.get(2),
            some(fields.get(3))
                .map(code -> RevocationReason.ofCode(Integer.parseInt(code)).orElseThrow()),
            some(fields.get(4)).map(Answers::time),
            some(fields.get(5)).map(Answers::time));
    said.computeIfAbsent(StatusClient.Source.valueOf(fields.get(0)), it -> new HashMap<>())
        .put(SerialNumber.parse(fields.get(1)), verdict);
  }

  private static Optional<String> some(String field) {
    return Optional.of(field).filter(it -> !it.isEmpty());
  }

  private static Instant time(String seconds) {
    return Instant.ofEpochSecond(Long.parseLong(seconds));
  }
}
