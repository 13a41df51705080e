package dev.stampede.cli;

import dev.stampede.config.HostPort;
import dev.stampede.routing.Role;

/**
 * What a node of this machine is called, and where it listens.
 *
 * @param name as in logs
 * @param httpHost the address for clients
 * @param httpPort the port for clients
 * @param gridHost the address for other nodes
 * @param gridPort the port for other nodes
 * @param role for which sales an edge should use it
 */
record NodePlace(
    String name, String httpHost, int httpPort, String gridHost, int gridPort, Role role) {

  /** Its address for clients, without a slash at the end. */
  String url() {
    return new HostPort(httpHost, httpPort).url();
  }

  /** Its address for other nodes. */
  String grid() {
    return new HostPort(gridHost, gridPort).text();
  }
}
