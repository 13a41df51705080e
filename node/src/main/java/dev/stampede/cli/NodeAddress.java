package dev.stampede.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Where a command finds a node: what a user may write for it. */
final class NodeAddress {

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int LAST_PORT = 65_535;

  private NodeAddress() {}

  /**
   * The address without slashes at its end; empty if no request can be sent there.
   *
   * @param text {@code http://HOST:PORT}, perhaps with the path of a proxy
   */
  static Optional<String> parse(String text) {
    try {
      URI uri = new URI(text);
      boolean usable =
          uri.getScheme() != null
              && SCHEMES.contains(uri.getScheme())
              && uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getPort() != 0
              && uri.getPort() <= LAST_PORT;
      return usable ? Optional.of(text.replaceAll("/+$", "")) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
