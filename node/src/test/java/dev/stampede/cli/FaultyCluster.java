package dev.stampede.cli;

import dev.stampede.order.BuyerId;
import dev.stampede.security.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Nodes in namespaces of their own and a MariaDB, all of which can be made to fail. */
final class FaultyCluster implements AutoCloseable {

  static final int NODES = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int HTTP = 8080;
  private static final int GRID = 5701;

  final Folders folders;
  final Shell shell;
  final Namespaces network = new Namespaces(NODES);
  final DatabaseProcess database;
  private final Relay relay;
  private final List<Process> nodes = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final NodeHealth health = new NodeHealth();

  FaultyCluster(Path data) throws IOException {
    shell = new TestShell(data, Map.of()).shell();
    folders = shell.folders();
    database = DatabaseProcess.start(folders, OptionalInt.empty());
    relay = new Relay(Namespaces.HERE, database.port());
    for (int node = 1; node <= NODES; node++) {
      nodes.add(start(node));
    }
    awaitAll();
  }

  private Process start(int node) throws IOException {
    List<String> command = new ArrayList<>(Namespaces.in(node));
    command.addAll(List.of(Folders.java(), "@" + folders.jvmOptions()));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"));
    if (Files.exists(folders.startCache())) {
      command.addAll(List.of("-XX:AOTCache=" + folders.startCache(), "-Xlog:aot=off"));
    }
    command.addAll(List.of("-jar", folders.nodeJar().toString(), "node", ParentWatch.OPTION));
    command.addAll(List.of("--name", "node-" + node));
    command.addAll(List.of("--http-port", "" + HTTP, "--grid-port", "" + GRID));
    Path log = folders.log("node-" + node);
    Files.createDirectories(log.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(folders.asEnvironment());
    builder.environment().putAll(settings(node));
    return builder.start();
  }

  private Map<String, String> settings(int node) {
    String members =
        IntStream.rangeClosed(1, NODES)
            .mapToObj(each -> Namespaces.address(each) + ":" + GRID)
            .collect(Collectors.joining(","));
    return Map.of(
        "STAMPEDE_DB_URL",
        "jdbc:mariadb://" + Namespaces.HERE + ":" + relay.port() + "/stampede",
        "STAMPEDE_DB_USER",
        database.user(),
        "STAMPEDE_DB_PASSWORD",
        database.password(),
        "STAMPEDE_CLUSTER_SIZE",
        "" + NODES,
        "STAMPEDE_HTTP_HOST",
        Namespaces.address(node),
        "STAMPEDE_GRID_HOST",
        Namespaces.address(node),
        "STAMPEDE_GRID_MEMBERS",
        members,
        "STAMPEDE_PERSISTENCE_MAX_BACKLOG",
        "100000"); // fits the small heap
  }

  /** Waits until every node sees all others and every shard has its backups. */
  void awaitAll() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> IntStream.rangeClosed(1, NODES).allMatch(node -> sees(node, NODES)));
  }

  /** Whether a node serves and sees so many nodes, itself included. */
  boolean sees(int node, int members) {
    try {
      return health.isSafe(place(node), members);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static NodePlace place(int node) {
    String address = Namespaces.address(node);
    return new NodePlace("node-" + node, address, HTTP, address, GRID);
  }

  List<String> urls() {
    return IntStream.rangeClosed(1, NODES).mapToObj(node -> place(node).url()).toList();
  }

  /** The process of a node: what was started runs it within its namespace, by exec. */
  ProcessHandle node(int node) {
    return nodes.get(node - 1).toHandle();
  }

  /** Kills a node as a power cut would, and starts it again. */
  void replace(int node) throws IOException {
    node(node).destroyForcibly();
    nodes.get(node - 1).onExit().join();
    nodes.set(node - 1, start(node));
  }

  /** The status of a purchase at one node. 0 where there was no answer. */
  int buy(int node, String sale, String buyer) {
    String token =
        AdminAccess.tokens(shell)
            .issue(new Identity(BuyerId.of(buyer), false), Duration.ofMinutes(1));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(place(node).url() + "/api/sales/" + sale + "/orders"))
            .timeout(Duration.ofSeconds(15))
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", "key-of-" + buyer)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"quantity\":1}"))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Api api() {
    return new Api(urls(), AdminAccess.adminToken(shell, Duration.ofMinutes(30)));
  }

  @Override
  public void close() throws IOException {
    nodes.forEach(Process::destroyForcibly);
    nodes.forEach(node -> node.onExit().join());
    relay.close();
    database.stop();
    network.close();
    client.close();
  }
}
