package dev.stampede.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedErrorsTest {

  private static final int MANY = 10_000;

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger log = context.getLogger("dev.stampede.http.Something");

  @BeforeEach
  void start() {
    RepeatedErrors filter = new RepeatedErrors();
    filter.setContext(context);
    filter.start();
    context.addTurboFilter(filter);
    logged.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(logged);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private List<ILoggingEvent> events() {
    return List.copyOf(logged.list);
  }

  @Test
  void log_whenOneCauseComesManyTimes_logsAFewAndCountsTheRest() {
    Exception again = new IllegalStateException("again");
    for (int i = 0; i < MANY; i++) {
      log.error("{} failed", "request " + i, again);
    }

    assertThat(events()).hasSize(RepeatedErrors.MOST_A_SECOND);
    await().until(() -> events().size() > RepeatedErrors.MOST_A_SECOND);
    assertThat(events().getLast().getFormattedMessage())
        .isEqualTo(
            (MANY - RepeatedErrors.MOST_A_SECOND)
                + " more like this were left out within a second: {} failed");
    assertThat(events().getLast().getLevel()).isEqualTo(Level.ERROR);
  }

  @Test
  void log_whenAnotherCauseComes_logsIt() {
    Exception again = new IllegalStateException("again");
    for (int i = 0; i < MANY; i++) {
      log.error("{} failed", i, again);
    }
    log.error("{} failed", 1, new NullPointerException("another"));
    log.warn("another text");

    assertThat(events()).hasSize(RepeatedErrors.MOST_A_SECOND + 2);
  }

  /** Others put values into the text, so that each is new. */
  @Test
  void log_whenAnotherLibraryLogsNewTexts_logsAFewOfThem() {
    for (int i = 0; i < MANY; i++) {
      context.getLogger("com.example.Client").warn("client " + i + " is strange");
    }

    assertThat(events()).hasSize(RepeatedErrors.MOST_A_SECOND_OF_OTHERS);
  }

  @Test
  void log_whenItIsNoWarning_logsAll() {
    for (int i = 0; i < 100; i++) {
      log.info("step");
    }

    assertThat(events()).hasSize(100);
  }

  @Test
  void logback_always_usesIt() throws Exception {
    LoggerContext configured = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(configured);
    configurator.doConfigure(RepeatedErrors.class.getResource("/logback.xml"));

    assertThat(configured.getTurboFilterList())
        .hasOnlyElementsOfType(RepeatedErrors.class)
        .hasSize(1);
    configured.stop();
  }
}
