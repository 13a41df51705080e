package dev.stampede.config;

import java.util.Set;

/**
 * Where a node answers HTTP.
 *
 * @param host the address to bind
 * @param port 1 to 65535, or 0 for any free one
 * @param url where an edge reaches it, {@code http://HOST:PORT}; empty for where it listens
 * @param limits what clients may take of it
 */
public record HttpSettings(String host, int port, String url, HttpLimits limits) {

  private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  /** The same with the usual limits. */
  public HttpSettings(String host, int port, String url) {
    this(host, port, url, HttpLimits.USUAL);
  }

  /**
   * Where an edge reaches it.
   *
   * @param bound the port that it really listens on
   * @param oneAddress an address of this machine, in place of "all of them"
   */
  public String url(int bound, String oneAddress) {
    if (!url.isEmpty()) {
      return url;
    }
    String address = ALL_ADDRESSES.contains(host) ? oneAddress : host;
    return new HostPort(address, bound).url();
  }
}
