package dev.stampede;

import dev.stampede.grid.GridMember;
import dev.stampede.grid.Presence;
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
 * Tells the other nodes that this one takes requests, and keeps the table of routes up to date.
 *
 * <p>Threads: one tells and makes the table, and never waits for another node; any reads it.
 */
final class NodeRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(NodeRoutes.class);

  private static final Duration PERIOD = Duration.ofMillis(200);

  /** How long a node that leaves waits until it has told so. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(1);

  /** Then the tables of all others are without it, also where a collector stops one of them. */
  private static final Duration SEEN_WITHIN = PERIOD.multipliedBy(4);

  private final GridMember grid;
  private final Presence presence;
  private final Clock clock = Clock.systemUTC();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("routes").daemon().factory());
  private volatile RouteTable table = RouteTable.NONE;
  private volatile boolean leaving;

  NodeRoutes(GridMember grid) {
    this.grid = grid;
    this.presence = new Presence(grid.hazelcast());
  }

  /** Begins to tell and to look. */
  void begin(RoutedNode self, BooleanSupplier takesRequests) {
    Future<?> _ =
        timer.scheduleWithFixedDelay(
            () -> tellAndLook(self, takesRequests), 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tellAndLook(RoutedNode self, BooleanSupplier takesRequests) {
    try {
      presence.tell(Optional.of(self).filter(_ -> takesRequests.getAsBoolean() && !leaving));
      look();
    } catch (RuntimeException e) {
      // The grid is changing or leaving; the timer would stop for good otherwise.
      LOG.debug("routes are not looked after for a moment", e);
    }
  }

  private void look() {
    List<RoutedNode> told = presence.nodes();
    // Asked last: on the smaller side of a cut it would name itself until it has taken that back.
    List<RoutedNode> nodes = grid.hasQuorum() ? told : List.of();
    Dedicated sales = Dedicated.of(grid.sales().all(), clock.millis());
    if (!table.isOf(nodes, sales)) {
      table = RouteTable.of(nodes, sales);
    }
  }

  /** Where an edge should send whom, as far as this node knows. */
  RouteTable table() {
    return table;
  }

  /**
   * Has the others take this node out of their tables, and waits until they have: one second, two
   * at most. To be called before it refuses anything.
   */
  void leave() {
    leaving = true;
    try {
      timer
          .submit(() -> presence.tell(Optional.empty()))
          .get(TOLD_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      if (grid.members() > 1) {
        TimeUnit.MILLISECONDS.sleep(SEEN_WITHIN.toMillis());
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the other nodes may send requests here until they see that this one has left");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks no more. */
  void close() {
    timer.shutdownNow();
  }
}
