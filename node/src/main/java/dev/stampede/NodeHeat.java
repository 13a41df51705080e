package dev.stampede;

import dev.stampede.config.HotspotSettings;
import dev.stampede.config.Settings;
import dev.stampede.grid.GridMember;
import dev.stampede.grid.HotSales;
import dev.stampede.hotspot.HotSet;
import dev.stampede.hotspot.Hotspots;
import dev.stampede.hotspot.pipeline.HotItem;
import dev.stampede.hotspot.pipeline.HotspotConfig;
import dev.stampede.hotspot.pipeline.KafkaTopics;
import dev.stampede.http.Heat;
import dev.stampede.ops.MetricNames;
import dev.stampede.sale.HotSpell;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Ties what finds hot sales to the grid, which caches them, and to HTTP, which counts and shows.
 */
final class NodeHeat implements HotSales, AutoCloseable {

  private final Optional<Hotspots> hotspots;

  NodeHeat(Settings settings) {
    this.hotspots =
        settings.hotspot().enabled()
            ? Optional.of(new Hotspots(settings.node().name(), config(settings.hotspot())))
            : Optional.empty();
  }

  private static HotspotConfig config(HotspotSettings settings) {
    return new HotspotConfig(
        settings.enter(),
        settings.leave(),
        settings.top(),
        settings
            .kafka()
            .map(kafka ->
                new KafkaTopics(String.join(",", kafka.servers()), kafka.access(), kafka.hot())));
  }

  /**
   * Begins to look for hot sales.
   *
   * @param store stores what was hot
   */
  void begin(GridMember grid, Consumer<List<HotSpell>> store) {
    hotspots.ifPresent(found -> {
      found.hot().listen(new Hurry(grid));
      found.begin(grid.hazelcast(), grid.sales()::all, grid::cachedSales, store);
    });
  }

  void bind(MeterRegistry registry) {
    hotspots.ifPresent(found -> {
      Gauge.builder(MetricNames.HOT_SALES, found, each -> each.hot().items().size())
          .register(registry);
      FunctionCounter.builder(
              MetricNames.UNCOUNTED_ACCESSES, found, each -> each.recorder().beyond())
          .register(registry);
    });
  }

  /** For HTTP. */
  Heat shown() {
    return hotspots
        .map(found ->
            new Heat(
                found.recorder()::read,
                found.recorder()::purchase,
                () -> found.now().stream().map(NodeHeat::shown).toList(),
                (thread, watcher) -> found.hot().listen(new Told(found, thread, watcher))))
        .orElse(Heat.NONE);
  }

  private static Heat.HotSale shown(Hotspots.Spell spell) {
    HotItem item = spell.item();
    return new Heat.HotSale(
        item.key(),
        item.rate(),
        item.purchaseRate(),
        Instant.ofEpochMilli(item.since()),
        item.sources().stream().map(each -> each.name().toLowerCase(Locale.ROOT)).sorted().toList(),
        spell.cachedOn());
  }

  @Override
  public boolean isHot(String sale) {
    return hotspots.isPresent() && hotspots.get().hot().isHot(sale);
  }

  @Override
  public Set<String> all() {
    return hotspots.map(found -> keys(found.hot())).orElse(Set.of());
  }

  private static Set<String> keys(HotSet hot) {
    return hot.items().stream().map(HotItem::key).collect(Collectors.toSet());
  }

  /** Looks for hot sales no more. */
  void stop() {
    hotspots.ifPresent(Hotspots::stop);
  }

  /** Has stored what was hot. Blocks on the database, for ten seconds at most. */
  @Override
  public void close() {
    hotspots.ifPresent(Hotspots::close);
  }

  /** Clients are told on a thread of their own: spells begin and end under a lock. */
  private record Told(Hotspots hotspots, Executor thread, Heat.Watcher watcher)
      implements HotSet.Listener {
    @Override
    public void hot(HotItem item) {
      thread.execute(() -> watcher.hot(shown(hotspots.spell(item))));
    }

    @Override
    public void cold(String key) {
      thread.execute(() -> watcher.cold(key));
    }
  }

  /** The stock of what has just become hot is got into this node's memory. */
  private record Hurry(GridMember grid) implements HotSet.Listener {
    @Override
    public void hot(HotItem item) {
      grid.hurryViews();
    }

    @Override
    public void cold(String key) {
      // What is no longer read leaves by itself.
    }
  }
}
