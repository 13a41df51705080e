package dev.stampede.edge;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A real nginx on a free port of the loopback address, which answers everything with 200. */
public final class Nginx implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final int port;
  private final Process process;

  /**
   * Starts one.
   *
   * @param include the text of a file that is included in {@code http { }}
   */
  Nginx(Path program, Path folder, String include) throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.writeString(folder.resolve("include.conf"), include);
    Path config =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr warn;
            events {}
            http {
              client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp;
              uwsgi_temp_path temp; scgi_temp_path temp;
              include include.conf;
              server {
                listen 127.0.0.1:%d;
                location / { return 200 "ok"; }
                location /api/sales/gone { error_page 404 /elsewhere; return 404; }
              }
            }
            """
                .formatted(port));
    process =
        new ProcessBuilder(
                program.toString(), "-e", "stderr", "-p", folder.toString(), "-c", "" + config)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    await().atMost(LIMIT).until(() -> !process.isAlive() || isUp());
    if (!process.isAlive()) {
      throw new IllegalStateException(Files.readString(folder.resolve("nginx.log")));
    }
  }

  /** Where it is installed, if it is. */
  public static Optional<Path> installed() {
    String path = System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin";
    return Stream.of(path.split(":", -1))
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private boolean isUp() {
    try (Socket socket = new Socket()) {
      socket.connect(address());
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * Sends a request line as it is, each character one byte, and waits for the end of the answer.
   */
  void ask(String requestLine) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address());
      socket.setSoTimeout((int) LIMIT.toMillis());
      String request = requestLine + "\r\nHost: shop.example\r\nConnection: close\r\n\r\n";
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  @Override
  public void close() {
    process.destroy();
    await().atMost(LIMIT).until(() -> !process.isAlive());
  }
}
