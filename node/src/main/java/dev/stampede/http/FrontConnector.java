package dev.stampede.http;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Jetty's connector, whose connections know the {@link SelectorJobs} of their selector, and which
 * never has more of them than the node can: one more is closed when it is accepted, so that the
 * node goes on accepting. Some more are let in to ask for its health.
 */
final class FrontConnector extends ServerConnector {

  /** How many connections more there may be, for a second each, to ask for the node's health. */
  static final int EXTRA = 64;

  private final ConcurrentMap<ManagedSelector, SelectorJobs> jobsOfSelectors =
      new ConcurrentHashMap<>();

  private final int maxConnections;
  private final ClientWatch watch;

  /** The connections, those that wait to be opened included; and how many there are. */
  private final Set<SelectableChannel> channels = ConcurrentHashMap.newKeySet();

  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  /**
   * A connector that does not listen yet.
   *
   * @param maxConnections how many there may be at a time, 1 or more
   * @param requestDeadline how long a request may arrive
   */
  FrontConnector(
      Server server,
      int acceptors,
      int selectors,
      HttpConfiguration http,
      int maxConnections,
      Duration requestDeadline) {
    super(server, acceptors, selectors, new HttpConnectionFactory(http));
    this.maxConnections = maxConnections;
    this.watch = new ClientWatch(this, requestDeadline);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    watch.start();
  }

  @Override
  protected void doStop() throws Exception {
    watch.stop();
    super.doStop();
  }

  /** From now on requests have to arrive quickly: the node leaves. */
  void hurry() {
    watch.hurry();
  }

  /** Whether there are as many connections as there may be. */
  boolean isFull() {
    return connections.get() >= maxConnections;
  }

  /** How many connections there are. */
  int connections() {
    return connections.get();
  }

  /** How many connections were closed because there were too many. */
  int refused() {
    return refused.get();
  }

  private boolean take(SelectableChannel channel) {
    if (connections.get() >= maxConnections + EXTRA) {
      refused.incrementAndGet();
      return false;
    }
    if (channels.add(channel)) {
      connections.incrementAndGet();
    }
    return true;
  }

  private void giveBack(SelectableChannel channel) {
    if (channels.remove(channel)) {
      connections.decrementAndGet();
    }
  }

  @Override
  protected SelectorManager newSelectorManager(
      Executor executor, Scheduler scheduler, int selectors) {
    return new CountedSelectors(executor, scheduler, selectors);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    SelectorJobs jobs = jobsOfSelectors.computeIfAbsent(selector, SelectorJobs::new);
    boolean extra = connections.get() > maxConnections;
    ClientEndPoint client = new ClientEndPoint(channel, selector, key, getScheduler(), jobs, extra);
    client.setIdleTimeout(getIdleTimeout());
    return client;
  }

  /** Those of the selector that a request came in by. */
  static SelectorJobs jobsOf(Request request) {
    return ClientEndPoint.of(request).jobs();
  }

  /** Runs something short on another thread after a while. */
  static void after(Request request, Duration time, Runnable action) {
    Scheduler.Task _ =
        request
            .getConnectionMetaData()
            .getConnector()
            .getScheduler()
            .schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Counts what is accepted, and what ends. */
  private final class CountedSelectors extends ServerConnectorManager {

    CountedSelectors(Executor executor, Scheduler scheduler, int selectors) {
      super(executor, scheduler, selectors);
    }

    @Override
    public void accept(SelectableChannel channel, Object attachment) {
      if (take(channel)) {
        super.accept(channel, attachment);
      } else {
        IO.close(channel);
      }
    }

    @Override
    protected void onAcceptFailed(SelectableChannel channel, Throwable cause) {
      giveBack(channel);
      super.onAcceptFailed(channel, cause);
    }

    @Override
    protected void endPointClosed(EndPoint endPoint) {
      if (endPoint instanceof ClientEndPoint client) {
        giveBack(client.getChannel());
      }
      super.endPointClosed(endPoint);
    }
  }

  /** Jetty's threads; a connection that was just answered goes on on the thread that did. */
  static final class Threads extends QueuedThreadPool {

    Threads(int most) {
      super(most);
    }

    @Override
    public void execute(Runnable job) {
      boolean taken =
          job instanceof Connection connection
              && connection.getEndPoint() instanceof ClientEndPoint client
              && client.jobs().takeOver(job);
      if (!taken) {
        super.execute(job);
      }
    }
  }
}
