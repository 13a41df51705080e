package dev.stampede.load.http;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One server. A target that refuses connections or leaves calls unanswered is left out for a
 * second; then a single call may try it, and its answer brings the target back.
 */
public final class Target {
  static final long LEFT_OUT_NANOS = Duration.ofSeconds(1).toNanos();

  private final URI address;
  private final String basePath;
  private boolean failing;
  private long leftOutUntil;
  private @Nullable Pool pool;

  Target(URI address) {
    this.address = address;
    String path = address.getPath();
    this.basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Host and port, as the Host header has it. */
  public String authority() {
    return address.getHost() + ":" + port();
  }

  public URI address() {
    return address;
  }

  String host() {
    return address.getHost();
  }

  int port() {
    return address.getPort() < 0 ? 80 : address.getPort();
  }

  String basePath() {
    return basePath;
  }

  /** Whether a call may go here now; lets one call through when a second has passed. */
  boolean admits(long now) {
    if (!failing) {
      return true;
    }
    if (now - leftOutUntil < 0) {
      return false;
    }
    leftOutUntil = now + LEFT_OUT_NANOS;
    return true;
  }

  void failed(long now) {
    failing = true;
    leftOutUntil = now + LEFT_OUT_NANOS;
  }

  void answered() {
    failing = false;
  }

  Pool pool() {
    if (pool == null) {
      throw new IllegalStateException("no pool for " + address);
    }
    return pool;
  }

  void pool(Pool its) {
    this.pool = its;
  }
}
