package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who changed what, as the log has it. */
final class OperatorLogTest extends ApiTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(JavalinRoutes.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.list.clear();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void change_byAnOperator_isLoggedWithItsAuthorAndResult() {
    server.publish("logged", 5);

    change("/api/admin/sales/logged/freeze", server.adminToken());
    change("/api/admin/sales/unknown/close", server.adminToken());

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "operator root: POST /api/admin/sales/logged/freeze answered 200",
            "operator root: POST /api/admin/sales/unknown/close answered 404 unknown-sale");
  }

  @Test
  void change_bySomebodyElse_isNotLogged() {
    change("/api/admin/sales/logged/freeze", server.token("ann"));

    assertThat(lines.list).isEmpty();
  }

  private void change(String path, String token) {
    var _ =
        send(
            to(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
  }
}
