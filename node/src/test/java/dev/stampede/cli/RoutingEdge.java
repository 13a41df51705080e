package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real nginx on a free port of the loopback address with the files of {@code docker/edge/routes},
 * copied to a folder.
 */
final class RoutingEdge implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Path FILES = TestShell.home().resolve("docker/edge/routes");

  /** Where nginx may write whoever runs it. */
  private static final String SCRATCH =
      """
      http {
        client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp;
        uwsgi_temp_path temp; scgi_temp_path temp;
      """;

  private final Path folder;
  private final Path nginx;
  private final String nodes;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  /** Gets a first table and starts. */
  RoutingEdge(Path folder, Path nginx, List<String> nodes) throws IOException {
    this.folder = folder;
    this.nginx = nginx;
    this.nodes = String.join(" ", nodes);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path script = folder.resolve("poll.sh");
    Files.copy(FILES.resolve("poll.sh"), script, StandardCopyOption.COPY_ATTRIBUTES);
    String conf = Files.readString(FILES.resolve("nginx.conf"));
    assertThat(conf).contains("listen 80 ", "http {\n");
    Files.writeString(
        folder.resolve("nginx.conf"),
        conf.replace("listen 80 ", "listen 127.0.0.1:" + port + " ").replace("http {\n", SCRATCH));
    assertThat(awaitEnd(start("once.log", script.toString(), "--once"))).isZero();
    var _ =
        start(
            "nginx.log",
            nginx.toString(),
            "-e",
            "stderr",
            "-p",
            folder.toString(),
            "-c",
            folder.resolve("nginx.conf").toString(),
            "-g",
            "daemon off;");
    await().atMost(LIMIT).until(this::isUp);
    var _ = start("poll.log", script.toString());
  }

  private Process start(String log, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log).toFile());
    builder.environment().put("STAMPEDE_NODES", nodes);
    builder.environment().put("NGINX", nginx.toString());
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static int awaitEnd(Process process) {
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isUp() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Where buyers come. */
  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The table in use. */
  String table() {
    return read("routes.conf");
  }

  /** What the poller has said. */
  String polled() {
    return read("poll.log");
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    processes.reversed().forEach(Process::destroy);
    await().atMost(LIMIT).until(() -> processes.stream().noneMatch(Process::isAlive));
  }
}
