package dev.stampede.config;

/**
 * An address that something listens on. The one place where host and port become text, in which an
 * IPv6 address has brackets.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {

  /** As in {@code 10.0.0.1:80}, {@code [fd00::1]:80}. */
  public String text() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Its address for HTTP, without a slash at the end. */
  public String url() {
    return "http://" + text();
  }
}
