package dev.stampede.cli;

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
