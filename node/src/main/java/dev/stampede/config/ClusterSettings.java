package dev.stampede.config;

import java.time.Duration;
import java.util.List;

/**
 * Which grid a node belongs to. Backups and quorum follow from the size: half of it, rounded down,
 * are sync backups, and more than half must be there to sell.
 *
 * @param name nodes of another name do not join
 * @param size how many nodes are planned, 1 to 13; the same on all of them
 * @param host the address for the grid's own traffic; whoever reaches it can join
 * @param port 1 to 65535
 * @param members addresses {@code host:port} of nodes to join; this node's own may be among them
 * @param maxClockSkew how far this node's clock may be off the majority's; beyond it, the node owns
 *     nothing
 */
public record ClusterSettings(
    String name, int size, String host, int port, List<String> members, Duration maxClockSkew) {

  /** Of anything. */
  private static final int HAZELCASTS_MOST_BACKUPS = 6;

  /** The largest cluster: half of it are backups. */
  public static final int MAX_SIZE = 2 * HAZELCASTS_MOST_BACKUPS + 1;

  /** How many other nodes have every change before it is acknowledged. */
  public int backups() {
    return size / 2;
  }

  /** How many other nodes may have a copy of what all should have. */
  public int others() {
    return Math.min(size - 1, HAZELCASTS_MOST_BACKUPS);
  }

  /** How many nodes must be there for purchases to go on. */
  public int quorum() {
    return size / 2 + 1;
  }
}
