package dev.stampede.http;

import dev.stampede.config.HttpSettings;
import dev.stampede.ops.MetricNames;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.servlet.JavalinServlet;
import io.javalin.http.servlet.ServletEntry;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import kotlin.LazyKt;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers HTTP: Jetty, in it the {@link Front}, behind it Javalin with the {@link Routes}. */
public final class HttpServer {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** How long running requests are waited for. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

  /** A request that is on its way while the port closes is still answered, for so long. */
  private static final Duration LAST_REQUESTS = Duration.ofMillis(300);

  /** How long clients may take to read their last answers. */
  private static final Duration STOP = Duration.ofSeconds(2);

  private static final int MAX_HEADERS = 8 * 1024;

  /** Purchases run on these threads; the other half of the machine is for the stock. */
  private static final int SELECTORS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final int ACCEPTORS = 1;

  /** Jetty wants some to spare; what may block runs on virtual threads. */
  private static final int THREADS = ACCEPTORS + SELECTORS + 16;

  /** How many connections may wait to be accepted: all buyers come in the same second. */
  private static final int ACCEPT_QUEUE = 4096;

  private final HttpSettings settings;
  private final Running running = new Running();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final HotStreams hotStreams;
  private final Javalin javalin;
  private final int maxConnections;
  private volatile @Nullable FrontConnector connector;

  /** A server that does not listen yet. */
  public HttpServer(HttpSettings settings, HttpParts parts) {
    this(settings, parts, HotStreams.Bounds.of(settings.limits().maxStreamsPerNetwork()));
  }

  HttpServer(HttpSettings settings, HttpParts parts, HotStreams.Bounds streams) {
    this.settings = settings;
    this.maxConnections = settings.limits().connections(Descriptors.most());
    this.hotStreams = new HotStreams(parts.heat(), streams, parts.metrics());
    HttpMetrics metrics = new HttpMetrics(parts.metrics());
    metrics.show(parts.shares());
    Failures failures = new Failures(parts.outage());
    SaleLookup sales = new SaleLookup(parts.sales());
    Callers callers = new Callers(parts.tokens());
    Routes routes = new Routes(parts, sales, running);
    FrontParts frontParts =
        new FrontParts(
            sales,
            parts.stock(),
            parts.orderKeys(),
            callers,
            parts.shares(),
            parts.heat(),
            running,
            failures,
            blocking);
    Front front = new Front(frontParts, hotStreams, metrics);
    JavalinRoutes javalinRoutes = new JavalinRoutes(routes, callers, metrics, failures);
    javalin = Javalin.create(config -> configure(config, front, javalinRoutes, failures));
    Gauge.builder(MetricNames.CONNECTIONS, this, HttpServer::connections).register(parts.metrics());
    FunctionCounter.builder(MetricNames.REFUSED_CONNECTIONS, this, HttpServer::refusedConnections)
        .register(parts.metrics());
  }

  private void configure(
      JavalinConfig config, Front front, JavalinRoutes routes, Failures failures) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.router.ignoreTrailingSlashes = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.concurrency.useVirtualThreads = true;
    config.jetty.threadPool = new FrontConnector.Threads(THREADS);
    config.jetty.addConnector(this::connector);
    config.jetty.modifyServer(server -> prepare(server, front, failures));
    config.jetty.modifyHttpConfiguration(HttpServer::beStrict);
    config.jetty.modifyServletContextHandler(
        handler -> handler.setErrorHandler(new JettyProblems(failures)));
    config.unsafe.servlet = LazyKt.lazy(() -> plainServlet(config));
    routes.register(config.routes);
  }

  /** Javalin's usual one upgrades to web sockets, and opens a session for whoever asks. */
  private static ServletEntry plainServlet(JavalinConfig config) {
    return new ServletEntry(null, new JavalinServlet(config.unsafe));
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    FrontConnector made =
        new FrontConnector(
            server,
            ACCEPTORS,
            SELECTORS,
            http,
            maxConnections,
            settings.limits().requestDeadline());
    made.setHost(settings.host());
    made.setPort(settings.port());
    made.setAcceptQueueSize(ACCEPT_QUEUE);
    made.setShutdownIdleTimeout(LAST_REQUESTS.toMillis());
    connector = made;
    return made;
  }

  private static void prepare(Server server, Front front, Failures failures) {
    server.setHandler(front); // Javalin puts itself behind it
    server.setErrorHandler(new JettyProblems(failures));
    server.setStopTimeout(STOP.toMillis());
  }

  /** Javalin's default lets ambiguous paths through, which an edge may read in another way. */
  private static void beStrict(HttpConfiguration http) {
    http.setUriCompliance(UriCompliance.DEFAULT);
    http.setHttpCompliance(HttpCompliance.RFC9110);
    http.setRequestHeaderSize(MAX_HEADERS);
    http.setHeaderCacheSize(0); // each token is new: remembering them costs more than it saves
    http.setSendServerVersion(false);
  }

  /**
   * Starts to listen. Until {@link #open}, everything but health, metrics and documents is answered
   * with 503 {@code starting}.
   *
   * @throws PortTakenException where another process listens there
   */
  public void start() {
    try {
      javalin.start();
    } catch (JavalinBindException e) {
      hotStreams.close();
      blocking.shutdownNow();
      throw new PortTakenException(settings.host(), settings.port(), e);
    }
  }

  /** To be called once the node knows all sales and can reach their shards. */
  public void open() {
    running.open();
  }

  /** The port that it really listens on. */
  public int port() {
    return javalin.port();
  }

  /**
   * Refuses new connections and serves the open ones for {@link #LAST_REQUESTS} more. Jetty's own
   * stop would close a connection that was idle for that long, even if a request is on its way.
   */
  private void closePort() {
    FrontConnector open = connector;
    if (open == null) {
      return;
    }
    open.close();
    try {
      TimeUnit.MILLISECONDS.sleep(LAST_REQUESTS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many connections there are. */
  int connections() {
    FrontConnector open = connector;
    return open == null ? 0 : open.connections();
  }

  private double refusedConnections() {
    FrontConnector open = connector;
    return open == null ? 0 : open.refused();
  }

  /**
   * Takes no new purchases (503 {@code draining}), ends requests that arrive slowly, ends the
   * streams of events and waits for the running requests, for five seconds at most. The rest of the
   * API goes on.
   *
   * @return whether nothing runs any more
   */
  public boolean drain() {
    running.drain();
    FrontConnector open = connector;
    if (open != null) {
      open.hurry();
    }
    hotStreams.drain();
    return running.awaitNone(LAST_ANSWERS);
  }

  /** Drains and stops listening. Blocks for ten seconds at most, whatever clients do. */
  public void stop() {
    drain();
    closePort();
    try {
      javalin.stop();
    } catch (JavalinException e) {
      LOG.warn(
          "some connections were cut, as their clients did not read or send: {}", e.toString());
    } finally {
      hotStreams.close();
      blocking.shutdownNow();
    }
  }
}
