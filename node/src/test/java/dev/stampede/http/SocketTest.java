package dev.stampede.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stampede.config.HttpLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Tests that hold the connections to a server of their own, byte by byte. */
abstract class SocketTest {

  final TestServer server;
  private final int timeoutMillis;
  private final List<Socket> sockets = new ArrayList<>();

  /**
   * Starts a server.
   *
   * @param timeout how long a read may take
   */
  SocketTest(HttpLimits limits, Duration timeout) {
    server = new TestServer(limits);
    timeoutMillis = Math.toIntExact(timeout.toMillis());
  }

  @AfterEach
  void close() throws IOException {
    closeSockets();
    server.close();
  }

  void closeSockets() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** A connection that has sent these. */
  Socket open(String bytes) throws IOException {
    return open(bytes, new Socket());
  }

  /** The same by a socket that has its options. */
  Socket open(String bytes, Socket socket) throws IOException {
    sockets.add(socket);
    socket.setSoTimeout(timeoutMillis);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket.getOutputStream().write(bytes.getBytes(US_ASCII));
    return socket;
  }

  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }
}
