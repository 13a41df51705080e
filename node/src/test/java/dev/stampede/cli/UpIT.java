package dev.stampede.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stampede.order.BuyerId;
import dev.stampede.security.Identity;
import dev.stampede.stock.ChainHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class UpIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String READY = "ready in ";
  private static final String SALE =
      """
      sales:
        - id: kept
          title: Kept over a restart
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
  private Path data;
  private Shell shell;

  @BeforeEach
  void prepare() {
    data = folder.resolve("data");
    shell = new TestShell(data, Map.of()).shell();
  }

  @Test
  void up_whenRestarted_goesOnWithTheSaleWhereItStood() throws IOException {
    String path;
    JsonNode before;
    try (Program up = Program.start(data, "up", "--nodes", "2")) {
      up.awaitOutput(READY);
      Path sales = Files.writeString(folder.resolve("sales.yaml"), SALE);
      assertThat(run("sale", "import", sales.toString())).isZero();
      before = buyer().post("/api/sales/kept/orders", Map.of("quantity", 2), key("one")).body();
      path = "/api/orders/" + before.path("id").asString();
      assertThat(run("sale", "promote", "kept", "--before", "1h")).isZero();
      stop(up);
    }
    try (Program up = Program.start(data, "up", "--nodes", "2")) {
      up.awaitOutput(READY);

      JsonNode after = buyer().get(path);

      assertThat(after.path("state").asString()).isEqualTo("HELD");
      assertThat(after.path("heldUntil")).isEqualTo(before.path("heldUntil"));
      assertThat(after.path("durable").asBoolean()).isTrue();
      assertThat(buyer().get("/api/sales/kept/stock").path("available").asLong()).isEqualTo(8);
      await()
          .atMost(LIMIT)
          .until(() -> buyer().get("/api/hot").findValuesAsString("sale").contains("kept"));
      assertThat(run("verify", "--deep")).isZero();
      stop(up);
    }
  }

  /** Sums stay right where an order goes to another buyer: only its history tells. */
  @Test
  void verifyDeep_whenARowIsTamperedWith_namesIt() throws IOException, SQLException {
    try (Program up = Program.start(data, "up", "--nodes", "1")) {
      up.awaitOutput(READY);
      Path sales = Files.writeString(folder.resolve("sales.yaml"), SALE);
      assertThat(run("sale", "import", sales.toString())).isZero();
      String order =
          buyer()
              .post("/api/sales/kept/orders", Map.of("quantity", 2), key("one"))
              .body()
              .path("id")
              .asString();
      await()
          .atMost(LIMIT)
          .until(() -> buyer().get("/api/orders/" + order).path("durable").asBoolean());
      JsonNode receipt = buyer().get("/api/orders/" + order + "/receipt");
      assertThat(receipt.path("seq").asLong()).isEqualTo(1);
      try (Program verify = Program.start(data, "verify", "--deep")) {
        assertThat(verify.awaitEnd(LIMIT)).isEqualTo(ExitCode.OK);
        verify.awaitOutput("REPLAYED: 1 changes lead to the 1 orders that the tables have");
      }

      execute("UPDATE orders SET buyer = 'mallory'");

      assertThat(run("verify")).isZero();
      try (Program verify = Program.start(data, "verify", "--deep", "--json")) {
        assertThat(verify.awaitEnd(LIMIT)).isEqualTo(ExitCode.FAILED);
        verify.awaitOutput("\"fault\" : \"kept/0 #1: the table has " + order);
      }

      rewriteHistory();

      try (Program verify = Program.start(data, "verify", "--deep")) {
        assertThat(verify.awaitEnd(LIMIT)).isEqualTo(ExitCode.FAILED);
        verify.awaitOutput(", the grid " + receipt.path("chain").asString());
      }
      stop(up);
    }
  }

  /** Gives the one order to Bob, everywhere, with hashes that are right. */
  private void rewriteHistory() throws SQLException {
    HexFormat hex = HexFormat.of();
    String ann = "0003" + hex.formatHex("ann".getBytes(US_ASCII));
    String body = hex.formatHex(query("SELECT body FROM ledger"));
    assertThat(body).contains(ann);
    String forged = body.replace(ann, "0003" + hex.formatHex("bob".getBytes(US_ASCII)));
    ChainHash chain = ChainHash.GENESIS.next(hex.parseHex(forged));
    execute("UPDATE orders SET buyer = 'bob'");
    execute("UPDATE ledger SET body = x'%s', chain = x'%s'".formatted(forged, chain));
    execute("UPDATE shards SET chain = x'%s'".formatted(chain));
  }

  private byte[] query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getBytes(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  private Connection connect() throws SQLException {
    Run.Login login = new RunFile(data).find().flatMap(Run::login).orElseThrow();
    return DriverManager.getConnection(login.url(), login.user(), login.password());
  }

  @Test
  void node_whenUpRuns_joinsAndLeavesTheOthersWorking() {
    try (Program up = Program.start(data, "up", "--nodes", "2")) {
      up.awaitOutput(READY);
      try (Program node = Program.start(data, "node")) {
        node.awaitOutput("node-3 is ready");
        assertThat(members()).isEqualTo(3);
        node.stop();
        node.awaitNothingLeft();
      }

      await().atMost(LIMIT).until(() -> members() == 2);
      assertThat(run("verify")).isZero();
      stop(up);
    }
  }

  @Test
  void up_whenTheFolderIsInUse_saysSoAndLeavesTheFirstAlone() {
    try (Program up = Program.start(data, "up", "--nodes", "1")) {
      up.awaitOutput(READY);
      try (Program second = Program.start(data, "up", "--nodes", "1")) {
        assertThat(second.awaitEnd(LIMIT)).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(second.output()).startsWith("stampede: this data folder is in use by process ");
      }
      assertThat(run("verify")).isZero();
      stop(up);
    }
  }

  @Test
  void up_whenItsDatabaseIsKilled_startsItAgainAndSaysSo() throws IOException {
    try (Program up = Program.start(data, "up", "--nodes", "1")) {
      up.awaitOutput(READY);
      Path sales = Files.writeString(folder.resolve("sales.yaml"), SALE);
      assertThat(run("sale", "import", sales.toString())).isZero();
      String pid = Files.readString(data.resolve("mariadb/mariadbd.pid")).strip();

      ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
      String order =
          buyer()
              .post("/api/sales/kept/orders", Map.of("quantity", 1), key("one"))
              .body()
              .path("id")
              .asString();

      up.awaitOutput("the database has ended: the database server ended, with status 137");
      up.awaitOutput("the database is back on port ");
      await()
          .atMost(LIMIT)
          .until(() -> buyer().get("/api/orders/" + order).path("durable").asBoolean());
      assertThat(run("verify")).isZero();
      stop(up);
    }
  }

  @Test
  void up_whenItIsKilled_takesNodesAndDatabaseWithIt() {
    try (Program up = Program.start(data, "up", "--nodes", "1")) {
      up.awaitOutput(READY);
      assertThat(up.family()).hasSizeGreaterThanOrEqualTo(4);

      up.kill();

      up.awaitNothingLeft();
    }
  }

  private void stop(Program up) {
    up.stop();
    up.awaitEnd(LIMIT);
    up.awaitNothingLeft();
    assertThat(Program.contents(data)).doesNotContain("run.yaml");
  }

  private int run(String... arguments) {
    try (Program program = Program.start(data, arguments)) {
      return program.awaitEnd(LIMIT);
    }
  }

  private int members() {
    return buyer().get("/health/ready").path("members").asInt();
  }

  private Api buyer() {
    String token =
        AdminAccess.tokens(shell)
            .issue(new Identity(BuyerId.of("ann"), false), Duration.ofMinutes(5));
    List<String> nodes =
        new RunFile(data).find().orElseThrow().nodes().stream().map(Run.Member::http).toList();
    return new Api(nodes, token);
  }

  private static Map<String, String> key(String key) {
    return Map.of("Idempotency-Key", key);
  }
}
