package dev.stampede.hotspot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Three nodes in processes of their own, as {@code ./stampede up} starts them, and many sales. */
final class Shop implements AutoCloseable {

  private static final Pattern NODE = Pattern.compile("node-\\d+\\s.*?(http://[0-9.:]+)");
  private static final String READY = "ready in ";
  private static final int NODES = 3;
  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 60;

  private final Path data = Files.createTempDirectory("stampede-benchmark");
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process up;
  private final List<String> nodes = new ArrayList<>();

  Shop(int sales) throws IOException, InterruptedException {
    up = start("up", "--nodes", "" + NODES);
    Thread reader = Thread.ofVirtual().start(this::findNodes);
    if (!reader.join(Duration.ofSeconds(START_SECONDS)) || nodes.size() < NODES) {
      throw new IllegalStateException("the nodes did not start: " + nodes);
    }
    StringBuilder yaml = new StringBuilder("sales:\n");
    for (int i = 0; i < sales; i++) {
      yaml.append("  - {id: ").append(sale(i)).append(", title: A sale, price: 1.00, ");
      yaml.append("currency: EUR, quantity: 10, opensIn: 0s, closesIn: 2h, limitPerBuyer: 2, ");
      yaml.append("reduction: RESERVE, hold: 1h}\n");
    }
    Path file = Files.writeString(data.resolve("sales.yaml"), yaml);
    Process load = start("sale", "import", file.toString());
    load.getInputStream().transferTo(System.out);
    if (load.waitFor() != 0) {
      throw new IllegalStateException("the sales were not published");
    }
  }

  static String sale(int number) {
    return "sale-" + number;
  }

  private Process start(String... arguments) throws IOException {
    // node/target/jmh-classes comes first
    Path classes = Path.of(System.getProperty("java.class.path").split(":", 2)[0]);
    Path home = classes.toAbsolutePath().getParent().getParent().getParent();
    List<String> command = new ArrayList<>(List.of(home.resolve("stampede").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("STAMPEDE_DATA", data.toString());
    return builder.start();
  }

  /** Reads what {@code up} prints until it is ready; the rest is short enough for the pipe. */
  private void findNodes() {
    try {
      var lines = up.inputReader();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher node = NODE.matcher(line);
        if (node.find() && !nodes.contains(node.group(1))) {
          nodes.add(node.group(1));
        }
        if (line.contains(READY) || nodes.size() == NODES && line.isBlank()) {
          return;
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  int nodes() {
    return nodes.size();
  }

  /** What a node answers. */
  String get(int node, String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(nodes.get(node) + path)).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  /** Has a node do something; fails where it does not. */
  void post(int node, String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(nodes.get(node) + path))
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(path + ": " + response.body());
    }
  }

  /** Signed tokens of {@code ./stampede tokens}. */
  List<String> tokens(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("tokens"));
    command.addAll(List.of(arguments));
    return start(command.toArray(String[]::new))
        .inputReader()
        .lines()
        .filter(line -> line.startsWith("ey"))
        .toList();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    client.close();
    up.destroy();
    if (!up.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      up.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(data)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            boolean _ = file.toFile().delete();
          });
    }
  }
}
