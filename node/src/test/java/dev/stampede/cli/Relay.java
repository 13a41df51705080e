package dev.stampede.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes connections on to a port of this machine that listens on loopback only. */
final class Relay implements AutoCloseable {

  private final ServerSocket listening;
  private final int target;

  Relay(String host, int target) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getByName(host));
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket from = listening.accept();
        Thread.ofVirtual().start(() -> connect(from));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void connect(Socket from) {
    try {
      Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
      Thread.ofVirtual().start(() -> pump(to, from));
      pump(from, to);
    } catch (IOException _) {
      close(from); // nobody listens: the client finds its connection closed
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      var _ = from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // the other direction has closed both
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is gone
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
