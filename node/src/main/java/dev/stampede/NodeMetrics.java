package dev.stampede;

import dev.stampede.grid.GridFigures;
import dev.stampede.grid.GridMember;
import dev.stampede.ops.MetricNames;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Shows the grid's figures in the metrics. They are read when somebody asks, not before. */
final class NodeMetrics {

  private NodeMetrics() {}

  static void bind(MeterRegistry registry, GridMember grid) {
    Gauge.builder(MetricNames.MEMBERS, grid, GridMember::members).register(registry);
    gauge(registry, grid, MetricNames.SHARDS_OWNED, GridFigures::ownedShards);
    gauge(registry, grid, MetricNames.LANE_WAITING, GridFigures::waitingCommands);
    gauge(registry, grid, MetricNames.BACKLOG_ORDERS, GridFigures::unstoredOrders);
    TimeGauge.builder(
            MetricNames.BACKLOG_AGE, grid, TimeUnit.MILLISECONDS, NodeMetrics::backlogAgeMillis)
        .register(registry);
    TimeGauge.builder(
            MetricNames.CLOCK_SKEW, grid, TimeUnit.MILLISECONDS, it -> it.clock().aheadMillis())
        .register(registry);
    counter(registry, grid, MetricNames.CHANGED_ORDERS, GridFigures::changedOrders);
    counter(registry, grid, MetricNames.STORED_ORDERS, GridFigures::storedOrders);
    counter(registry, grid, MetricNames.LANE_CALLS, GridFigures::laneCalls);
    counter(registry, grid, MetricNames.LANE_COMMANDS, GridFigures::laneCommands);
    counter(registry, grid, MetricNames.LANE_REPEATS, GridFigures::laneRepeats);
    counter(registry, grid, MetricNames.STORE_FAILURES, GridFigures::storeFailures);
    counter(registry, grid, MetricNames.STORE_FORKS, GridFigures::forks);
    counter(registry, grid, MetricNames.DEAD_LETTERS, GridFigures::deadLetters);
    counter(registry, grid, MetricNames.REPLICA_GAPS, GridFigures::replicaGaps);
    counter(registry, grid, MetricNames.SHARDS_LOST, GridFigures::losses);
  }

  private static double backlogAgeMillis(GridMember grid) {
    long oldest = grid.figures().oldestUnstoredAt();
    return oldest == 0 ? 0 : Math.max(0, System.currentTimeMillis() - oldest);
  }

  private static void gauge(
      MeterRegistry registry, GridMember grid, String name, ToDoubleFunction<GridFigures> figure) {
    Gauge.builder(name, grid, g -> figure.applyAsDouble(g.figures())).register(registry);
  }

  private static void counter(
      MeterRegistry registry, GridMember grid, String name, ToDoubleFunction<GridFigures> figure) {
    FunctionCounter.builder(name, grid, g -> figure.applyAsDouble(g.figures())).register(registry);
  }
}
