package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nodes in processes of their own find out what is hot, as somebody sees it who asks them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class HotspotIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Promised: 5 to 10 s after the heat has ended. */
  private static final Duration COOLS_WITHIN = Duration.ofSeconds(12);

  /** Promised: a node that joins or is lost keeps nobody from finding heat for 15 s; and slack. */
  private static final Duration MENDED = Duration.ofSeconds(20);

  private static final String READY = " is ready: http://";

  @TempDir private static Path data;
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper mapper = new JsonMapper();
  private Program up;

  @BeforeAll
  void start() {
    up = Program.start(data, "up", "--nodes", "3");
    up.awaitOutput("ready in ");
    SaleClient sales = new SaleClient(new Api(urls(), AdminAccess.adminToken(shell(), PATIENCE)));
    List.of("wanted", "unwanted", "later")
        .forEach(name -> sales.publish(SaleUnderLoad.of(name, 0).sale()));
  }

  @AfterAll
  void stop() {
    up.close();
    client.close();
  }

  @Test
  @Order(1)
  void heat_thatNobodyAnnounced_isFoundAndCachedOnEveryNodeAndForgotten() {
    try (Crowd _ = new Crowd(urls().getFirst(), "wanted")) {
      List<String> names = run().nodes().stream().map(Run.Member::name).toList();
      for (String node : urls()) {
        await().atMost(PATIENCE).until(() -> hot(node).equals(List.of("wanted")));
        await().atMost(PATIENCE).until(() -> cachedOn(node, "wanted").equals(names));
      }
      await()
          .atMost(PATIENCE)
          .until(() -> found(urls().getLast()).path(0).path("rate").asDouble() > 150);
    }
    for (String node : urls()) {
      await().atMost(COOLS_WITHIN).until(() -> hot(node).isEmpty());
    }
  }

  @Test
  @Order(2)
  void heat_whenANodeHasDied_isFoundByTheOthers() {
    long victim = run().nodes().getFirst().pid(); // the oldest, which leads the job
    ProcessHandle.of(victim).orElseThrow().destroyForcibly();
    List<String> others = urls().subList(1, 3);

    try (Crowd _ = new Crowd(others.getFirst(), "later")) {
      for (String node : others) {
        await().atMost(MENDED).until(() -> hot(node).equals(List.of("later")));
      }
    }
  }

  /** The job goes over to the node some seconds after it has joined. */
  @Test
  @Order(3)
  void heat_whenANodeHasJoined_isFoundByAll() {
    try (Program node = Program.start(data, "node")) {
      node.awaitOutput(READY);
      String joined = node.output().split(READY, 2)[1].split("\\s", 2)[0];
      List<String> all = List.of(urls().get(1), urls().get(2), "http://" + joined);

      try (Crowd _ = new Crowd(all.getLast(), "unwanted")) {
        for (String each : all) {
          await().atMost(MENDED).until(() -> hot(each).contains("unwanted"));
        }
      }
    }
  }

  private Shell shell() {
    return new TestShell(data, Map.of()).shell();
  }

  private Run run() {
    return new RunFile(data).find().orElseThrow();
  }

  private List<String> urls() {
    return run().nodes().stream().map(Run.Member::http).toList();
  }

  private List<String> hot(String node) {
    JsonNode found = found(node);
    return IntStream.range(0, found.size())
        .mapToObj(i -> found.path(i).path("sale").asString())
        .toList();
  }

  private List<String> cachedOn(String node, String sale) {
    JsonNode found = found(node);
    assertThat(found.path(0).path("sale").asString()).isEqualTo(sale);
    JsonNode nodes = found.path(0).path("cachedOn");
    return IntStream.range(0, nodes.size()).mapToObj(i -> nodes.path(i).asString()).toList();
  }

  private JsonNode found(String node) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(node + "/api/hot")).build();
    try {
      return mapper.readTree(client.send(request, BodyHandlers.ofString()).body()).path("hot");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** People who look at one sale again and again: some thousand times a second. */
  private final class Crowd implements AutoCloseable {

    private static final int PEOPLE = 8;

    private final AtomicBoolean gone = new AtomicBoolean();
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();

    Crowd(String node, String sale) {
      HttpRequest look =
          HttpRequest.newBuilder(URI.create(node + "/api/sales/" + sale + "/stock")).build();
      IntStream.range(0, PEOPLE).forEach(_ -> people.execute(() -> look(look)));
    }

    private void look(HttpRequest look) {
      while (!gone.get()) {
        try {
          var _ = client.send(look, BodyHandlers.discarding());
        } catch (IOException _) {
          // They come again, as people do: the node may be in want of another that has died.
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }

    @Override
    public void close() {
      gone.set(true);
      people.close();
    }
  }
}
