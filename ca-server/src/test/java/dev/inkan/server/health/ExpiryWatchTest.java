package dev.inkan.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.inkan.core.testing.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("The installation's own certificates are warned about in time")
final class ExpiryWatchTest {

  private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");

  private final MutableClock clock = new MutableClock(END);
  private final AtomicReference<List<OwnCertificate>> certificates =
      new AtomicReference<>(List.of());
  private final ExpiryWatch watch = new ExpiryWatch(certificates::get, clock);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(ExpiryWatch.class);

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
  }

  /** What is logged so many days before the end. */
  private List<String> daysBefore(long days) {
    log.list.clear();
    clock.advance(Duration.between(clock.instant(), END.minus(Duration.ofDays(days))));
    watch.run();
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  @DisplayName("A CA's: a year, a month and a week ahead, and every day from then on")
  void ca() {
    certificates.set(
        List.of(OwnCertificate.issuing(dev.inkan.core.certificate.CaName.ISSUING, END)));

    assertThat(daysBefore(366)).isEmpty();
    assertThat(daysBefore(365))
        .containsExactly(
            "the issuing certificate ends at 2030-01-01T00:00:00Z, in 365 days: make the next"
                + " issuing CA with 'inkan-server rollover'");
    watch.run();
    assertThat(log.list).as("once a day").hasSize(1);
    assertThat(daysBefore(364)).hasSize(1);
    assertThat(daysBefore(30)).hasSize(1);
    assertThat(daysBefore(7)).hasSize(1);
    assertThat(daysBefore(-1)).singleElement().asString().contains("ended at");
  }

  @Test
  @DisplayName("Others: a month and a week ahead; once renewed, no more")
  void others() {
    OwnCertificate web = OwnCertificate.web(END, Path.of("tls.p12"), false);
    certificates.set(List.of(web, OwnCertificate.operator("ono", END)));

    assertThat(daysBefore(31)).isEmpty();
    assertThat(daysBefore(30))
        .hasSize(2)
        .anyMatch(line -> line.contains("web") && line.contains("put the next one into tls.p12"))
        .anyMatch(line -> line.contains("'inkan-admin operator renew ono --file NEW.p12'"));
    certificates.set(
        List.of(OwnCertificate.web(END.plus(Duration.ofDays(397)), Path.of("x"), true)));
    assertThat(daysBefore(29)).isEmpty();
  }
}
