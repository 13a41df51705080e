package dev.stampede.hotspot.pipeline;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real broker in a JVM of its own, on ports that were free when it was made. It can be killed and
 * started again with what it had.
 */
final class KafkaBroker implements AutoCloseable {
  private final Path folder;
  private final Path settings;
  private final int port = freePort();
  private Process process;

  KafkaBroker(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.settings = Files.writeString(folder.resolve("server.properties"), settings());
    int formatted =
        java(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                "c3RhbXBlZGUtdGVzdHMtMQ",
                "-c",
                settings.toString())
            .waitFor();
    if (formatted != 0) {
      throw new IOException("StorageTool ends with " + formatted + ": " + log());
    }
  }

  String servers() {
    return "127.0.0.1:" + port;
  }

  void start() throws IOException {
    process = java("kafka.Kafka", settings.toString());
  }

  void kill() {
    process.destroyForcibly().onExit().orTimeout(20, SECONDS).join();
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private Process java(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private String settings() {
    int controller = freePort();
    return """
    process.roles=broker,controller
    node.id=1
    controller.quorum.voters=1@127.0.0.1:%d
    listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
    advertised.listeners=PLAINTEXT://127.0.0.1:%d
    controller.listener.names=CONTROLLER
    log.dirs=%s
    auto.create.topics.enable=true
    num.partitions=3
    offsets.topic.replication.factor=1
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    """
        .formatted(controller, port, controller, port, folder.resolve("data"));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }
}
