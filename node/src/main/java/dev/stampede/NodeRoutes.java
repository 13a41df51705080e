package dev.stampede;

import dev.stampede.grid.GridMember;
import dev.stampede.grid.NodeRegistry;
import dev.stampede.routing.RouteTable;
import dev.stampede.routing.RouteTable.Dedicated;
import dev.stampede.routing.RoutedNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces this node to the others and keeps the route table up to date.
 *
 * <p>Threads: one thread announces and updates the table, and never waits for another node; any
 * thread reads the table.
 */
final class NodeRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(NodeRoutes.class);

  private static final Duration PERIOD = Duration.ofMillis(200);

  /** How long a node that leaves may take to publish that. */
  private static final Duration PUBLISHED_WITHIN = Duration.ofSeconds(1);

  /** How long the other nodes may take to update their tables, garbage collections included. */
  private static final Duration UPDATED_WITHIN = PERIOD.multipliedBy(4);

  private final GridMember grid;
  private final NodeRegistry registry;
  private final Clock clock = Clock.systemUTC();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("routes").daemon().factory());
  private volatile RouteTable table = RouteTable.NONE;
  private volatile boolean leaving;

  NodeRoutes(GridMember grid) {
    this.grid = grid;
    this.registry = new NodeRegistry(grid.hazelcast());
  }

  /** Starts to announce this node and to update the table. */
  void begin(RoutedNode self, BooleanSupplier takesRequests) {
    Future<?> _ =
        timer.scheduleWithFixedDelay(
            () -> announceAndUpdate(self, takesRequests),
            0,
            PERIOD.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void announceAndUpdate(RoutedNode self, BooleanSupplier takesRequests) {
    try {
      registry.announce(Optional.of(self).filter(_ -> takesRequests.getAsBoolean() && !leaving));
      update();
    } catch (RuntimeException e) {
      // The grid is changing, or this node leaves it. An exception would end the timer.
      LOG.debug("the route table was not updated; it is updated again in {}", PERIOD, e);
    }
  }

  private void update() {
    List<RoutedNode> announced = registry.nodes();
    // Checked last: without a quorum this node accepts nothing, and its own announcement is
    // outdated.
    List<RoutedNode> nodes = grid.hasQuorum() ? announced : List.of();
    Dedicated sales = Dedicated.of(grid.sales().all(), clock.millis());
    if (!table.isOf(nodes, sales)) {
      table = RouteTable.of(nodes, sales);
    }
  }

  /** The nodes that an edge should send each sale's buyers to, as far as this node knows. */
  RouteTable table() {
    return table;
  }

  /**
   * Removes this node from the tables of all others. Blocks until they are updated: one second, two
   * at most. Call this before the node refuses requests.
   */
  void leave() {
    leaving = true;
    try {
      timer
          .submit(() -> registry.announce(Optional.empty()))
          .get(PUBLISHED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      if (grid.members() > 1) {
        TimeUnit.MILLISECONDS.sleep(UPDATED_WITHIN.toMillis());
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("edges may send requests to this node until the other nodes see that it has left");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the updates. */
  void close() {
    timer.shutdownNow();
  }
}
