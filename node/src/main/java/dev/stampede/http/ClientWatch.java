package dev.stampede.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Looks at all connections a few times a second: requests that take too long to arrive end, so do
 * answers that their clients take too slowly, and idle connections end while there are as many as
 * the node can have.
 *
 * <p>It costs about 20 ns a connection and round. Threads: Jetty's scheduler.
 */
final class ClientWatch {

  private static final long PERIOD_MILLIS = 250;

  /** How long a client may take to read that its request came too late. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** How long a request may still arrive while the node leaves. */
  private static final Duration LAST_ARRIVALS = Duration.ofMillis(500);

  /** How long a connection more than the node serves lives, its one answer included. */
  private static final Duration EXTRA = Duration.ofSeconds(1);

  /** A client that takes its answer this fast has as long as the answer is. */
  private static final long BYTES_PER_SECOND = 8 * 1024;

  /** How long a connection may wait for its next request while others find no place. */
  private static final long CROWDED_IDLE_MILLIS = 1_000;

  private final FrontConnector connector;
  private final Duration answers;
  private volatile Duration most;
  private volatile boolean stopped;

  /**
   * A watch that does not run yet.
   *
   * @param most how long a request may arrive, from its first byte to its last; and how long an
   *     answer may take to go out, unless its client takes enough of it each second
   */
  ClientWatch(FrontConnector connector, Duration most) {
    this.connector = connector;
    this.answers = most;
    this.most = most;
  }

  void start() {
    stopped = false;
    next();
  }

  void stop() {
    stopped = true;
  }

  /** From now on what arrives has to be quick: the node leaves. */
  void hurry() {
    most = most.compareTo(LAST_ARRIVALS) < 0 ? most : LAST_ARRIVALS;
  }

  private void next() {
    Scheduler.Task _ =
        connector.getScheduler().schedule(this::round, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void round() {
    if (stopped) {
      return;
    }
    try {
      long now = System.nanoTime();
      boolean crowded = connector.isFull();
      for (EndPoint each : connector.getConnectedEndPoints()) {
        if (each instanceof ClientEndPoint client) {
          look(client, now, crowded);
        }
      }
    } finally {
      next();
    }
  }

  private void look(ClientEndPoint client, long now, boolean crowded) {
    if (client.isExtra()) {
      client.enforce(now, EXTRA, Duration.ZERO);
    } else {
      client.enforce(now, most, GRACE);
    }
    client.enforceTaking(now, answers, BYTES_PER_SECOND);
    if (crowded && client.isIdle() && client.getIdleFor() > CROWDED_IDLE_MILLIS) {
      client.close(new TimeoutException("the node has as many connections as it can have"));
    }
  }
}
