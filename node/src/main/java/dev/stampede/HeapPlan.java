package dev.stampede;

import dev.stampede.config.ClusterSettings;
import dev.stampede.config.SaleSettings;
import dev.stampede.config.Setting;
import java.util.Optional;

/**
 * Whether the orders of all sales have room in the memory of a node. Every order stays in the grid
 * until its sale is over, on its owner and on each backup, so that what does not fit ends nodes one
 * after the other, and they cannot start again.
 *
 * @param heapBytes the largest heap that this JVM may have
 * @param percent how much of it may be planned for orders
 * @param nodes how many nodes share the orders
 * @param copies how many nodes have each of them
 */
record HeapPlan(long heapBytes, int percent, int nodes, int copies) {

  /** What an order takes on each node that has it; measured with a heap dump. */
  static final int BYTES_PER_ORDER = 225;

  /** What orders may take when a node loads them: the rest is for the node itself. */
  private static final int LOADABLE_PERCENT = 90;

  private static final long MIB = 1 << 20;

  static HeapPlan of(ClusterSettings cluster, SaleSettings sale) {
    return new HeapPlan(
        Runtime.getRuntime().maxMemory(),
        sale.maxHeapShare(),
        cluster.size(),
        cluster.backups() + 1);
  }

  /** What each node needs for so many orders of the cluster, in bytes. */
  private long bytes(long orders) {
    return Math.ceilDiv(orders * copies, nodes) * BYTES_PER_ORDER;
  }

  /**
   * Why more units have no room, with figures; empty where they have.
   *
   * @param units how many are to be sold in addition
   * @param others how many orders all sales that are not over may come to without them
   */
  Optional<String> refusal(long units, long others) {
    long allowed = heapBytes / 100 * percent;
    long needed = bytes(others + units);
    return needed <= allowed
        ? Optional.empty()
        : Optional.of(
            "%d units, and %d orders that sales which are not over may have, take up to %d MiB of each node; %d MiB may be planned (%d %% of a heap of %d MiB, %s)."
                .formatted(
                    units,
                    others,
                    mib(needed),
                    allowed / MIB,
                    percent,
                    heapBytes / MIB,
                    Setting.SALE_MAX_HEAP_SHARE.key()));
  }

  /** Why a node cannot load so many orders of the cluster, in one line; empty where it can. */
  Optional<String> cannotLoad(long orders) {
    long needed = bytes(orders);
    return needed <= heapBytes / 100 * LOADABLE_PERCENT
        ? Optional.empty()
        : Optional.of(
            "%d orders in the database take %d MiB of this node, and its heap has %d MiB: start it with a larger one (STAMPEDE_JAVA_OPTS=-Xmx%dm)"
                .formatted(orders, mib(needed), heapBytes / MIB, 2 * mib(needed)));
  }

  private static long mib(long bytes) {
    return Math.ceilDiv(bytes, MIB);
  }
}
