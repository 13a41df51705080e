package dev.stampede.hotspot.pipeline;

import com.hazelcast.jet.aggregate.AggregateOperation;
import com.hazelcast.jet.aggregate.AggregateOperation1;
import java.util.EnumSet;
import java.util.Set;

/**
 * The accesses to one key in a window, apart by source: middleware in front of the nodes reports
 * the same requests that they count, so the two are never added up.
 *
 * <p>Jet adds a window's newest step and takes its oldest away, and forgets a key whose sum equals
 * an empty one: without {@link #equals} it would keep every key that ever came.
 */
final class AccessSum {
  private static final double SECONDS = HotspotConfig.WINDOW.toMillis() / 1e3;

  private long nodes;
  private long purchases;
  private long kafka;

  AccessSum() {}

  AccessSum(long nodes, long purchases, long kafka) {
    this.nodes = nodes;
    this.purchases = purchases;
    this.kafka = kafka;
  }

  static AggregateOperation1<Access, AccessSum, AccessSum> operation() {
    return AggregateOperation.withCreate(AccessSum::new)
        .<Access>andAccumulate(AccessSum::count)
        .andCombine(AccessSum::add)
        .andDeduct(AccessSum::deduct)
        .andExportFinish(sum -> new AccessSum(sum.nodes, sum.purchases, sum.kafka));
  }

  void count(Access access) {
    long total = access.reads() + access.purchases();
    if (access.source() == HotSource.KAFKA) {
      kafka += total;
    } else {
      nodes += total;
      purchases += access.purchases();
    }
  }

  void add(AccessSum other) {
    nodes += other.nodes;
    purchases += other.purchases;
    kafka += other.kafka;
  }

  void deduct(AccessSum other) {
    nodes -= other.nodes;
    purchases -= other.purchases;
    kafka -= other.kafka;
  }

  /** Accesses per second: what the source says that saw most of them. */
  double rate() {
    return Math.max(nodes, kafka) / SECONDS;
  }

  /** As the hot item that begins with this window. */
  HotItem item(String key, long end, double leave) {
    return new HotItem(key, rate(), purchases / SECONDS, end, end, sources(leave));
  }

  /** Those that would have found it alone. */
  private Set<HotSource> sources(double leave) {
    Set<HotSource> found = EnumSet.noneOf(HotSource.class);
    if (nodes / SECONDS >= leave) {
      found.add(HotSource.NODES);
    }
    if (kafka / SECONDS >= leave) {
      found.add(HotSource.KAFKA);
    }
    return found;
  }

  long nodes() {
    return nodes;
  }

  long purchases() {
    return purchases;
  }

  long kafka() {
    return kafka;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccessSum that
        && nodes == that.nodes
        && purchases == that.purchases
        && kafka == that.kafka;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(nodes * 31 + purchases * 17 + kafka);
  }
}
