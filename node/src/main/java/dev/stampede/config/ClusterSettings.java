package dev.stampede.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Which grid a node belongs to. Backups and quorum follow from the size: half of it, rounded down,
 * are sync backups, and more than half must be there to sell.
 *
 * @param name nodes of another name do not join
 * @param size how many nodes are planned, 1 to 13; the same on all of them
 * @param host the address for the grid's own traffic
 * @param port 1 to 65535
 * @param members addresses {@code host:port} of nodes to join; this node's own may be among them
 * @param publicGrid whether {@code host} may be an address that is not private
 * @param maxClockSkew how far this node's clock may be off the majority's; beyond it, the node owns
 *     nothing
 */
public record ClusterSettings(
    String name,
    int size,
    String host,
    int port,
    List<String> members,
    boolean publicGrid,
    Duration maxClockSkew) {

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

  /**
   * Refuses an address of the grid that everybody may reach, or none, unless the settings allow it.
   * May look the name up.
   *
   * @throws ConfigException with the address, and what to do
   */
  public void requirePrivateAddress() {
    if (!publicGrid && !PrivateAddresses.includes(address())) {
      throw new ConfigException(
          Setting.GRID_HOST.key()
              + ": "
              + host
              + " is not a private address, and whoever can change the grid's traffic owns the"
              + " node; choose a private one, or set "
              + Setting.GRID_PUBLIC.key()
              + ": true if a firewall closes this port to all but the nodes");
    }
  }

  private InetAddress address() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new ConfigException(
          Setting.GRID_HOST.key() + ": " + host + " has no address; is the name right?");
    }
  }

  /** How many nodes must be there for purchases to go on. */
  public int quorum() {
    return size / 2 + 1;
  }
}
