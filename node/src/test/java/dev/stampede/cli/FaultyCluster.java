package dev.stampede.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.ops.AuditReport;
import dev.stampede.routing.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Nodes in namespaces of their own and a MariaDB, all of which can be made to fail. */
final class FaultyCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int HTTP = 8080;
  private static final int GRID = 5701;

  final int size;
  final Folders folders;
  final Namespaces network;
  final Shopper shopper;
  private final Shell shell;
  private final Relay relay;
  private final List<Process> nodes = new ArrayList<>();
  private final NodeHealth health = new NodeHealth();
  private DatabaseProcess database;

  /** Starts everything, and returns when all of it is there. */
  FaultyCluster(Path data, int size) throws IOException {
    this.size = size;
    network = new Namespaces(size);
    shell = new TestShell(data, Map.of()).shell();
    shopper = new Shopper(shell);
    folders = shell.folders();
    database = DatabaseProcess.start(folders, OptionalInt.empty());
    relay = new Relay(Namespaces.HERE, database.port());
    for (int node = 1; node <= size; node++) {
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
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(folders.asEnvironment());
    builder.environment().putAll(settings(node));
    return builder.start();
  }

  private Map<String, String> settings(int node) {
    String members =
        all().mapToObj(each -> Namespaces.address(each) + ":" + GRID).collect(joining(","));
    return Map.of(
        "STAMPEDE_DB_URL",
        "jdbc:mariadb://" + Namespaces.HERE + ":" + relay.port() + "/stampede",
        "STAMPEDE_DB_USER",
        database.user(),
        "STAMPEDE_DB_PASSWORD",
        database.password(),
        "STAMPEDE_CLUSTER_SIZE",
        "" + size,
        "STAMPEDE_HTTP_HOST",
        Namespaces.address(node),
        "STAMPEDE_GRID_HOST",
        Namespaces.address(node),
        "STAMPEDE_GRID_MEMBERS",
        members,
        "STAMPEDE_PERSISTENCE_MAX_BACKLOG",
        "100000"); // fits the small heap
  }

  private IntStream all() {
    return IntStream.rangeClosed(1, size);
  }

  /** Waits until every node sees all others and every shard has its backups. */
  void awaitAll() {
    awaitAmong(all().toArray());
  }

  /** Waits until these see one another, and every shard has its backups among them. */
  void awaitAmong(int... some) {
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> IntStream.of(some).allMatch(node -> sees(node, some.length)));
    } catch (ConditionTimeoutException e) {
      String states =
          IntStream.of(some).mapToObj(node -> node + ": " + state(node)).collect(joining("; "));
      String logs = IntStream.of(some).mapToObj(this::endOfLog).collect(joining("\n"));
      throw new AssertionError("not whole after " + PATIENCE + ": " + states + "\n" + logs, e);
    }
  }

  private String endOfLog(int node) {
    try {
      List<String> lines = Files.readAllLines(folders.log("node-" + node));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Whether a node serves and sees so many nodes, itself included. */
  boolean sees(int node, int members) {
    return state(node).isSafe(members);
  }

  private NodeHealth.State state(int node) {
    try {
      return health.ask(place(node));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static NodePlace place(int node) {
    String address = Namespaces.address(node);
    return new NodePlace("node-" + node, address, HTTP, address, GRID, Role.STANDARD);
  }

  /** Where clients reach a node. */
  String url(int node) {
    return place(node).url();
  }

  List<String> urls() {
    return all().mapToObj(this::url).toList();
  }

  /** The node that says who is in the grid, as the first one knows it. */
  int oldest() throws IOException {
    List<String> log = Files.readAllLines(folders.log("node-1"));
    int last =
        log.lastIndexOf(
            log.stream().filter(line -> line.startsWith("Members {")).toList().getLast());
    return all()
        .filter(node -> log.get(last + 1).contains("[" + Namespaces.address(node) + "]"))
        .findFirst()
        .orElseThrow();
  }

  /** The node that comes after that one, and after the last the first. */
  int after(int node) {
    return node % size + 1;
  }

  /** The node that owns the only shard of a sale. */
  int owner(String sale) {
    List<String> owners =
        audit().sales().stream()
            .filter(each -> each.sale().equals(sale))
            .map(each -> each.shards().getFirst().owner())
            .toList();
    return all()
        .filter(node -> owners.contains(place(node).grid()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(sale + " is owned by " + owners));
  }

  /** Kills nodes as a power cut would, all at once. */
  void kill(int... some) {
    IntStream.of(some).forEach(node -> nodes.get(node - 1).destroyForcibly());
    IntStream.of(some).forEach(node -> nodes.get(node - 1).onExit().join());
  }

  /** Starts killed nodes again. */
  void revive(int... some) throws IOException {
    for (int node : some) {
      nodes.set(node - 1, start(node));
    }
  }

  /** Sends a signal to a node: what was started runs it within its namespace, by exec. */
  void signal(String signal, int node) throws IOException {
    send(signal, nodes.get(node - 1).pid());
  }

  /** Sends a signal to the database's server. */
  void signalDatabase(String signal) throws IOException {
    send(signal, database.serverPid());
  }

  private static void send(String signal, long process) throws IOException {
    assertThat(new ProcessBuilder("kill", "-" + signal, "" + process).start().onExit().join())
        .satisfies(ended -> assertThat(ended.exitValue()).isZero());
  }

  /** Starts the database again where it was, after its server was killed. */
  void reviveDatabase() {
    Awaitility.await().until(() -> !database.isAlive());
    database = DatabaseProcess.start(folders, OptionalInt.of(database.port()));
  }

  /**
   * Ends every fault, and waits until all is there again, which takes no time if it is. Nodes that
   * do not come together by themselves are started anew.
   */
  void mend() throws IOException {
    network.spoil(LinkQuality.PERFECT);
    if (database.isAlive()) {
      signalDatabase("CONT");
    } else {
      reviveDatabase();
    }
    for (int node = 1; node <= size; node++) {
      if (nodes.get(node - 1).isAlive()) {
        signal("CONT", node);
      } else {
        revive(node);
      }
    }
    try {
      awaitAll();
    } catch (AssertionError _) { // which was reported by the test that left it so
      kill(all().toArray());
      revive(all().toArray());
      awaitAll();
    }
  }

  /** The status of a purchase at one node. 0 where there was no answer. */
  int buy(int node, String sale, String buyer) {
    return shopper.buy(url(node), sale, buyer).map(HttpResponse::statusCode).orElse(0);
  }

  /** The audit that {@code stampede verify} shows. */
  AuditReport audit() {
    return api().get(VerifyCommand.AUDIT, AuditReport.class);
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
    shopper.close();
  }
}
