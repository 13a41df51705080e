package dev.stampede.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * One connection of a client. It knows since when a request has been arriving, and since when its
 * client has not taken an answer, so that {@link ClientWatch} can end what takes too long in all:
 * Jetty's idle time-out starts anew with every byte.
 *
 * <p>The time of a request runs from its first byte to the last byte of its body. That of an answer
 * runs from when the system takes no more of it, because its own buffers are full, to when it has
 * taken the rest. Threads: the one that works on the connection sets both, the watch reads them.
 */
final class ClientEndPoint extends SocketChannelEndPoint {

  private static final long NONE = 0;

  private final SelectorJobs jobs;
  private final boolean extra;
  private volatile long receivingSince = NONE;
  private volatile boolean told;
  private volatile long sendingSince = NONE;
  private volatile long sent;
  private volatile boolean busy;

  /**
   * A connection that was just accepted.
   *
   * @param extra whether it is one more than the node serves, and may ask for its health only
   */
  ClientEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      SelectorJobs jobs,
      boolean extra) {
    super(channel, selector, key, scheduler);
    this.jobs = jobs;
    this.extra = extra;
    if (extra) {
      startClock(System.nanoTime());
    }
  }

  /** That by which a request came in. */
  static ClientEndPoint of(Request request) {
    if (request.getConnectionMetaData().getConnection().getEndPoint()
        instanceof ClientEndPoint client) {
      return client;
    }
    throw new IllegalStateException("a request of another connector");
  }

  SelectorJobs jobs() {
    return jobs;
  }

  boolean isExtra() {
    return extra;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int filled = super.fill(buffer);
    if (filled > 0 && receivingSince == NONE) {
      startClock(System.nanoTime());
    }
    return filled;
  }

  private void startClock(long nanoTime) {
    receivingSince = notNone(nanoTime);
  }

  private static long notNone(long nanoTime) {
    return nanoTime == NONE ? 1 : nanoTime;
  }

  /** Nearly every answer goes out at once, and costs nothing here. */
  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    boolean waited = sendingSince != NONE;
    long before = waited ? BufferUtil.remaining(buffers) : 0;
    boolean all = super.flush(buffers);
    if (all) {
      if (waited) {
        sendingSince = NONE;
      }
    } else if (waited) {
      long taken = sent + before - BufferUtil.remaining(buffers);
      sent = taken; // one thread writes at a time
    } else {
      sent = 0;
      sendingSince = notNone(System.nanoTime());
    }
    return all;
  }

  /**
   * Closes the connection if its client takes its answer too slowly.
   *
   * @param most how long an answer may take, whatever its size
   * @param bytesPerSecond at least so many give it more time
   */
  void enforceTaking(long nanoTime, Duration most, long bytesPerSecond) {
    long since = sendingSince;
    if (since != NONE && isTooSlow(nanoTime - since, sent, most, bytesPerSecond)) {
      close(
          new TimeoutException(
              "the client took %d bytes of its answer in %d ms"
                  .formatted(sent, TimeUnit.NANOSECONDS.toMillis(nanoTime - since))));
    }
  }

  /** A request has arrived as a whole. */
  void received() {
    if (!extra) {
      receivingSince = NONE;
    }
  }

  /** A request is worked on, from its head to its answer. */
  void setBusy(boolean working) {
    busy = working;
  }

  /** Whether no request is arriving or being answered. */
  boolean isIdle() {
    return !busy && receivingSince == NONE;
  }

  /**
   * Fails a request that has been arriving for too long; closes the connection where that did not
   * end it. The request is answered with 408 where its head is there.
   *
   * @param most how long a request may arrive
   * @param grace how much longer its answer may take
   */
  void enforce(long nanoTime, Duration most, Duration grace) {
    long since = receivingSince;
    if (since == NONE) {
      told = false;
      return;
    }
    long nanos = nanoTime - since;
    if (nanos > most.plus(grace).toNanos()) {
      close(late(most));
    } else if (nanos > most.toNanos() && !told) {
      told = true;
      onIdleExpired(late(most));
    }
  }

  /** Whether an answer of which so many bytes are taken has had its time. */
  static boolean isTooSlow(long nanos, long taken, Duration most, long bytesPerSecond) {
    return nanos > most.toNanos() + TimeUnit.SECONDS.toNanos(1) * taken / bytesPerSecond;
  }

  private static TimeoutException late(Duration most) {
    return new TimeoutException("the request did not arrive within " + most.toMillis() + " ms");
  }
}
