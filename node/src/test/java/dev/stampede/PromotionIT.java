package dev.stampede;

import static dev.stampede.ThreeNodes.AN_HOUR;
import static dev.stampede.ThreeNodes.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import dev.stampede.ThreeNodes.Running;
import dev.stampede.cli.TestShell;
import dev.stampede.persistence.Database;
import dev.stampede.persistence.SaleTable;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Sales of which it is said later that they are promoted, on three whole nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PromotionIT {

  private static final String READ =
      "::1 - - [11/Nov/2026:20:00:01 +0000] \"GET /api/sales/%s HTTP/1.1\" 200 5 \"-\" \"-\"";

  @TempDir private Path folder;

  private ThreeNodes cluster;
  private Database database;
  private SaleTable table;

  @BeforeAll
  void start() throws Exception {
    cluster = ThreeNodes.start("promotion");
    database = Database.connect(cluster.database());
    table = new SaleTable(database);
  }

  @AfterAll
  void stop() {
    cluster.close();
    database.close();
  }

  @Test
  void promote_byTheCommand_isKnownToEveryNodeUntilItIsDemoted() {
    publish("later");
    Sale sale = stored("later");
    assertThat(promoteSecondsEverywhere("later")).containsExactly(0L, 0L, 0L);

    assertThat(run(0, 0, "sale", "promote", "later", "--before", "2h").out())
        .isEqualTo("later: promoted, hot from 2h before it opens\n");

    cluster.awaitCachedOn("later", cluster.names());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(promoteSecondsEverywhere("later")).containsOnly(7200L).hasSize(3));
    assertThat(stored("later")).isEqualTo(sale.withPromotion(Optional.of(Duration.ofHours(2))));
    assertThat(inTheGrid("later")).isEqualTo(stored("later"));

    assertThat(run(0, 1, "sale", "demote", "later").out()).isEqualTo("later: not promoted\n");

    await().atMost(PATIENCE).until(() -> cluster.hotNowhere("later"));
    assertThat(stored("later")).isEqualTo(sale);
    assertThat(inTheGrid("later")).isEqualTo(sale);
  }

  @Test
  void register_always_promotesWhatIsThereAndSaysWhatBecameOfEach() throws IOException {
    publish("wanted");
    publish("standing");
    publish("gone");
    run(0, 0, "sale", "promote", "standing", "--before", "3h");
    run(0, 0, "sale", "close", "--yes", "gone");
    Path log = folder.resolve("access.log");
    List<String> lines = new ArrayList<>();
    List<String> asked = List.of("unlucky", "standing", "strange", "wanted", "gone");
    for (int i = 0; i < asked.size(); i++) {
      lines.addAll(Collections.nCopies(i + 1, READ.formatted(asked.get(i))));
    }
    Files.write(log, lines);
    String[] scan = {"hot", "scan", log.toString(), "--top=4", "--register", "--before=2h"};

    assertThat(afterTable(run(0, 0, scan)))
        .containsExactly(
            "gone: over",
            "wanted: promoted, hot from 2h before it opens",
            "strange: unknown here",
            "standing: promoted already, hot from 3h before it opens");

    cluster.awaitCachedOn("wanted", cluster.names());
    assertThat(stored("wanted").promotion()).contains(Duration.ofHours(2));
    assertThat(stored("standing").promotion()).contains(Duration.ofHours(3));
    assertThat(stored("gone").promotion()).isEmpty();
    assertThat(afterTable(run(0, 0, scan)))
        .contains("wanted: promoted already, hot from 2h before it opens");
  }

  @Test
  void register_whenRefused_endsWithTheStatusOfThat() throws IOException {
    Path log = Files.write(folder.resolve("one.log"), List.of(READ.formatted("any")));
    String[] scan = {"hot", "scan", log.toString(), "--register", "--node"};

    TestShell nobody = shell(ThreeNodes.SECRET);
    assertThat(execute(nobody, scan, "http://127.0.0.1:1")).isEqualTo(3);
    assertThat(nobody.out()).startsWith("SALE");
    assertThat(nobody.err()).startsWith("stampede: http://127.0.0.1:1 does not answer");

    publish("any");
    byte[] another = "stranger".repeat(4).getBytes(StandardCharsets.US_ASCII);
    TestShell stranger = shell(Base64.getEncoder().encodeToString(another));
    assertThat(execute(stranger, scan, cluster.nodes().getFirst().url())).isEqualTo(1);
    assertThat(stranger.err()).contains("answers 401 token-invalid");
  }

  /** As a node does that dies in between. */
  @Test
  void promote_whenTheGridWasNotTold_isPutRightByTheSameCallAgain() {
    publish("half");
    table.promote(new SaleId("half"), Optional.of(Duration.ofHours(2)));
    assertThat(inTheGrid("half")).isNotEqualTo(stored("half"));

    promote(cluster.nodes().get(1), "half", 7200);

    assertThat(inTheGrid("half")).isEqualTo(stored("half"));
    cluster.awaitCachedOn("half", cluster.names());
  }

  /** As a node does that is slow between the database and the grid: it comes there last. */
  @Test
  void promote_whenAnotherNodeWasFaster_leavesGridAndDatabaseAlike() throws Exception {
    publish("overtaken");
    SaleId id = new SaleId("overtaken");
    IMap<SaleId, Sale> sales = cluster.nodes().getFirst().hazelcast().getMap("sales");
    sales.lock(id);
    try (ExecutorService operator = Executors.newSingleThreadExecutor()) {
      Future<Integer> slow;
      try {
        slow = operator.submit(() -> promote(cluster.nodes().get(1), "overtaken", 3600));
        // So long it has read back what it has stored, and waits for the lock.
        await()
            .atMost(PATIENCE)
            .during(Duration.ofMillis(500))
            .until(() -> stored("overtaken").promotion().isPresent());
        table.promote(id, Optional.of(Duration.ofHours(2)));
        sales.set(id, stored("overtaken"));
      } finally {
        sales.unlock(id);
      }
      assertThat(slow.get()).isEqualTo(200);
    }
    assertThat(stored("overtaken").promotion()).contains(Duration.ofHours(2));
    assertThat(inTheGrid("overtaken")).isEqualTo(stored("overtaken"));
  }

  @Test
  void promote_bySeveralNodesAtOnce_leavesGridAndDatabaseAlike() throws Exception {
    publish("rushed");
    try (ExecutorService operators = Executors.newFixedThreadPool(3)) {
      for (int round = 0; round < 50; round++) {
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          Running node = cluster.nodes().get(i);
          int seconds = 3 * round + i;
          calls.add(() -> promote(node, "rushed", seconds));
        }
        for (Future<Integer> done : operators.invokeAll(calls)) {
          assertThat(done.get()).isEqualTo(200);
        }
        assertThat(inTheGrid("rushed")).as("round " + round).isEqualTo(stored("rushed"));
      }
    }
  }

  private void publish(String id) {
    cluster.publish(id, AN_HOUR, Optional.empty(), AN_HOUR);
  }

  private int promote(Running node, String id, int seconds) {
    String path = "/api/admin/sales/" + id + "/promote";
    return cluster.admin(node, path, "{\"promoteSeconds\":" + seconds + "}").statusCode();
  }

  private Sale stored(String id) {
    return table.find(new SaleId(id));
  }

  private Sale inTheGrid(String id) {
    IMap<SaleId, Sale> sales = cluster.nodes().getFirst().hazelcast().getMap("sales");
    return sales.values().stream()
        .filter(sale -> sale.id().value().equals(id))
        .findAny()
        .orElseThrow();
  }

  /** As each node tells it; 0 where it is not promoted. */
  private List<Long> promoteSecondsEverywhere(String id) {
    return cluster.nodes().stream()
        .map(node -> cluster.get(node, "/api/sales/" + id).path("promoteSeconds").asLong(0))
        .toList();
  }

  private static List<String> afterTable(TestShell shell) {
    return shell.out().lines().dropWhile(line -> !line.startsWith("lines: ")).skip(1).toList();
  }

  private TestShell run(int status, int node, String... arguments) {
    TestShell shell = shell(ThreeNodes.SECRET);
    List<String> line = new ArrayList<>(List.of(arguments));
    line.add("--node");
    assertThat(execute(shell, line.toArray(String[]::new), cluster.nodes().get(node).url()))
        .as(shell.err())
        .isEqualTo(status);
    return shell;
  }

  private static int execute(TestShell shell, String[] arguments, String last) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.add(last);
    return Stampede.commandLine(shell.shell()).execute(line.toArray(String[]::new));
  }

  private TestShell shell(String jwtSecret) {
    return new TestShell(
        folder,
        Map.of(
            "STAMPEDE_JWT_SECRET",
            jwtSecret,
            "STAMPEDE_ORDER_SECRET",
            ThreeNodes.SECRET,
            "STAMPEDE_PAYMENT_SECRET",
            "whsec_" + ThreeNodes.SECRET,
            "STAMPEDE_GRID_SECRET",
            ThreeNodes.SECRET));
  }
}
