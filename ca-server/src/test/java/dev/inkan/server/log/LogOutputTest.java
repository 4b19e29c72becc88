package dev.inkan.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.inkan.server.config.LogConfig;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

@DisplayName("The log for programs is an object a line")
final class LogOutputTest {

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger logger = context.getLogger("dev.inkan.server.Example");

  @Test
  @Tag("S12")
  @DisplayName("Whatever is in a sentence, it stays on one line, with the number of its request")
  void oneLine() throws Exception {
    MDC.put("request", "a1b2c3d4");
    LoggingEvent event =
        new LoggingEvent(
            "caller",
            logger,
            Level.ERROR,
            "{} failed\nfor \"{}\" \u2028",
            new IllegalStateException("outer\nline", new RuntimeException("inner")),
            new Object[] {"GET", "見本"});
    event.getMDCPropertyMap();
    MDC.remove("request");

    String text = new String(JsonLines.of(List.of(event)), StandardCharsets.UTF_8);

    assertThat(text.lines()).hasSize(1);
    assertThat(text).endsWith("\n");
    JsonNode line = new ObjectMapper().readTree(text);
    assertThat(line.path("level").asText()).isEqualTo("ERROR");
    assertThat(line.path("mdc").path("request").asText()).isEqualTo("a1b2c3d4");
    assertThat(line.path("loggerName").asText()).isEqualTo(logger.getName());
    assertThat(line.path("formattedMessage").asText()).isEqualTo("GET failed\nfor \"見本\" \u2028");
    assertThat(line.path("throwable").path("message").asText()).isEqualTo("outer\nline");
    assertThat(line.path("throwable").path("cause").path("message").asText()).isEqualTo("inner");
    assertThat(line.path("timestamp").isNumber()).isTrue();
  }

  @Test
  @DisplayName("The configuration switches from one to the other")
  void switched() throws Exception {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setName("test");
    appender.setEncoder(LogOutput.json(context));
    appender.setOutputStream(written);
    appender.start();
    var before = console(root).getEncoder();
    root.addAppender(appender);
    try {
      LogOutput.use(LogConfig.Format.CONSOLE);
      assertThat(console(root).getEncoder()).isSameAs(before);
      LogOutput.use(LogConfig.Format.JSON);
      assertThat(console(root).getEncoder()).isNotSameAs(before);
      logger.info("switched {}", 1);
      assertThat(
              new ObjectMapper().readTree(written.toByteArray()).path("formattedMessage").asText())
          .isEqualTo("switched 1");
    } finally {
      root.detachAppender(appender);
      console(root).setEncoder(before);
    }
  }

  private static OutputStreamAppender<ILoggingEvent> console(Logger root) {
    return (OutputStreamAppender<ILoggingEvent>) root.getAppender("stderr");
  }
}
