package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stampede.order.BuyerId;
import dev.stampede.security.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's way from a refused order to a stored one. */
final class DeadLettersIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SALE =
      """
      sales:
        - id: poisoned
          title: With a trigger in the way
          price: 1.00
          currency: EUR
          quantity: 10
          opensIn: 0s
          closesIn: 2h
          limitPerBuyer: 2
          reduction: RESERVE
          hold: 1h
      """;

  @TempDir private Path folder;

  @Test
  void deadLetters_whenAnOrderIsRefused_areShownAndRetried() throws IOException, SQLException {
    Path data = folder.resolve("data");
    Path sales = Files.writeString(folder.resolve("sales.yaml"), SALE);
    try (Program up = Program.start(data, "up", "--nodes", "1")) {
      up.awaitOutput("ready in ");
      assertEnds(data, ExitCode.OK, "published", "sale", "import", sales.toString());
      execute(
          data,
          "CREATE TRIGGER no_ann BEFORE INSERT ON orders FOR EACH ROW"
              + " IF NEW.buyer = 'ann' THEN SIGNAL SQLSTATE '45000'"
              + " SET MESSAGE_TEXT = 'no ann here'; END IF");
      String order = buy(data);

      assertEnds(data, ExitCode.OK, order + ", ann x 2, HELD", "dead-letters", "list");
      assertEnds(data, ExitCode.OK, "1 row in dead_letter", "verify");
      assertEnds(data, ExitCode.OK, "have; 1 row in dead_letter", "verify", "--deep");
      assertEnds(data, ExitCode.FAILED, "no ann here (45000/1644)", "dead-letters", "retry", "1");
      assertEnds(data, ExitCode.FAILED, "0 of 1 stored", "dead-letters", "retry", "--all");
      assertEnds(data, ExitCode.USAGE, "or --all", "dead-letters", "retry");

      execute(data, "DROP TRIGGER no_ann");

      assertEnds(data, ExitCode.OK, "1 of 1 stored", "dead-letters", "retry", "--all");
      assertEnds(data, ExitCode.FAILED, "404 unknown-dead-letter", "dead-letters", "retry", "1");
      assertEnds(data, ExitCode.OK, "the database has everything", "verify");
      up.stop();
      up.awaitEnd(LIMIT);
    }
  }

  /** Two units for Ann; returns the order once it is durable. */
  private static String buy(Path data) {
    String token =
        AdminAccess.tokens(new TestShell(data, Map.of()).shell())
            .issue(new Identity(BuyerId.of("ann"), false), Duration.ofMinutes(5));
    List<String> nodes =
        new RunFile(data).find().orElseThrow().nodes().stream().map(Run.Member::http).toList();
    Api ann = new Api(nodes, token);
    String order =
        ann.post(
                "/api/sales/poisoned/orders",
                Map.of("quantity", 2),
                Map.of("Idempotency-Key", "one"))
            .body()
            .path("id")
            .asString();
    await().atMost(LIMIT).until(() -> ann.get("/api/orders/" + order).path("durable").asBoolean());
    return order;
  }

  private static void assertEnds(Path data, int status, String output, String... arguments) {
    try (Program program = Program.start(data, arguments)) {
      assertThat(program.awaitEnd(LIMIT)).as(program.output()).isEqualTo(status);
      await().atMost(LIMIT).untilAsserted(() -> assertThat(program.output()).contains(output));
    }
  }

  private static void execute(Path data, String sql) throws SQLException {
    Run.Login login = new RunFile(data).find().flatMap(Run::login).orElseThrow();
    try (Connection connection =
            DriverManager.getConnection(login.url(), login.user(), login.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
