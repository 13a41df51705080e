package dev.stampede.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;

/** Jetty's connector, whose connections know the {@link SelectorJobs} of their selector. */
final class FrontConnector extends ServerConnector {

  private final ConcurrentMap<ManagedSelector, SelectorJobs> jobsOfSelectors =
      new ConcurrentHashMap<>();

  FrontConnector(Server server, int acceptors, int selectors, HttpConfiguration http) {
    super(server, acceptors, selectors, new HttpConnectionFactory(http));
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    SelectorJobs jobs = jobsOfSelectors.computeIfAbsent(selector, SelectorJobs::new);
    Client client = new Client(channel, selector, key, getScheduler(), jobs);
    client.setIdleTimeout(getIdleTimeout());
    return client;
  }

  /** Those of the selector that a request came in by. */
  static SelectorJobs jobsOf(Request request) {
    if (request.getConnectionMetaData().getConnection().getEndPoint() instanceof Client client) {
      return client.jobs;
    }
    throw new IllegalStateException("a request of another connector");
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

  /** One connection. */
  private static final class Client extends SocketChannelEndPoint {

    private final SelectorJobs jobs;

    Client(
        SocketChannel channel,
        ManagedSelector selector,
        SelectionKey key,
        Scheduler scheduler,
        SelectorJobs jobs) {
      super(channel, selector, key, scheduler);
      this.jobs = jobs;
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
              && connection.getEndPoint() instanceof Client client
              && client.jobs.takeOver(job);
      if (!taken) {
        super.execute(job);
      }
    }
  }
}
