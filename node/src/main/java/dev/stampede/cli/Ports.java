package dev.stampede.cli;

import dev.stampede.config.Given;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Finds free ports of this machine. Knows those that it gave out, so that it gives none twice. */
final class Ports {

  private static final int LAST = 65_535;

  private final Set<Integer> given = new HashSet<>();

  /** The first free port from this one on. */
  int nextFree(String host, int from) {
    for (int port = from; port <= LAST; port++) {
      if (!given.contains(port) && isFree(host, port)) {
        given.add(port);
        return port;
      }
    }
    throw CommandException.environment("no port is free on " + host + " from " + from + " on");
  }

  /**
   * A port that somebody asked for.
   *
   * @throws CommandException if it is taken
   */
  int asked(Given asked, String host, int port) {
    if (!isFree(host, port)) {
      throw CommandException.environment(
          asked.where()
              + ": port "
              + port
              + " on "
              + host
              + " is taken: stop who uses it, or ask for another");
    }
    given.add(port);
    return port;
  }

  /** One that the system chooses, and that was not given out. */
  int anyFree(String host) {
    int port = anyFree();
    return given.contains(port) || !isFree(host, port) ? anyFree(host) : given(port);
  }

  private int given(int port) {
    given.add(port);
    return port;
  }

  /** One that the system chooses: nobody expects anything there. */
  static int anyFree() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw CommandException.environment("no port is free: " + e.getMessage());
    }
  }

  /** Whether nobody listens there. */
  static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
