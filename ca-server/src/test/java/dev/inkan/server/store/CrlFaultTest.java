package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.server.status.LedgerHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The last good CRL stays while the next cannot be made; the next one follows. */
@Tag("E2")
@Tag("S9")
final class CrlFaultTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Engine.class)
  @DisplayName(
      "S9: the database goes between a CRL's number and its publication: the last one stays, is"
          + " told, and no number comes twice")
  void databaseGone(Engine engine) throws IOException {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger("dev.inkan.server.status.Trouble");
    log.start();
    logger.addAppender(log);
    try (Bed bed = new Bed(engine, directory)) {
      bed.addTaro();
      BreakingCrlStore store = new BreakingCrlStore(new JdbiCrlStore(bed.database, Bed.NODE));
      try (PublishingNode node =
          new PublishingNode(bed, store, new LedgerHistory(), directory.resolve("crl"))) {
        long serial = 0;
        CrlNumber last = node.run();
        for (BreakingCrlStore.Moment moment : BreakingCrlStore.Moment.values()) {
          byte[] before = node.published();
          PublishingNode.addRevoked(bed, ++serial, 1);
          log.list.clear();
          store.breakAt(moment);

          assertThat(node.run()).as("%s", moment).isEqualTo(last);
          assertThat(store.isGone()).isTrue();
          assertThat(node.run()).isEqualTo(last);
          assertThat(node.published()).isEqualTo(before);
          assertThat(log.list)
              .filteredOn(it -> it.getLevel() == Level.ERROR)
              .as("told once at %s", moment)
              .isNotEmpty()
              .allSatisfy(
                  it ->
                      assertThat(it.getFormattedMessage())
                          .contains("the last one stays", "the database is gone"));

          store.bringBack();
          assertThat(node.run()).as("%s", moment).isGreaterThan(last);
          assertThat(node.entries()).isEqualTo(serial);
          last = node.folder.number(PublishingNode.ISSUING).orElseThrow();
        }
        assertThat(node.journal.crlNumbers()).isSorted().doesNotHaveDuplicates();
      }
    } finally {
      logger.detachAppender(log);
    }
  }

  @Test
  @DisplayName(
      "E2: no room for a CRL, when it is made and when it is published: the last one stays, is"
          + " told, and the next follows when there is room")
  void noRoom() throws Exception {
    DatabaseSettings database = Engine.POSTGRESQL.empty(directory);
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:-UsePerfData",
                    "-cp",
                    System.getProperty("java.class.path"),
                    NoRoom.class.getName(),
                    database.url(),
                    directory.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said)
        .containsPattern(
            "no new CRL of issuing could be signed; the last one stays .*File too large")
        .containsPattern(
            "no new CRL of issuing could be published; the last one stays .*File too large")
        .contains(
            "over: no new CRL of issuing could be signed",
            "over: no new CRL of issuing could be published");
  }
}
