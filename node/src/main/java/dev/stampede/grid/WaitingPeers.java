package dev.stampede.grid;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * How many connections wait for their handshake. Hazelcast has 16 threads for all connections, so
 * strangers who connect and say nothing must not hold them all: some are left for the connections
 * that this node opens, and no address has more than a few.
 *
 * <p>Any thread may use it.
 */
final class WaitingPeers {

  /** Of Hazelcast's 16 threads. */
  static final int MOST = 12;

  static final int MOST_OF_ONE_ADDRESS = 10;

  private final Map<InetAddress, Integer> byAddress = new HashMap<>();
  private int all;

  /** Whether one more of this address may wait; then {@link #leave} must follow. */
  synchronized boolean enter(InetAddress address) {
    int same = byAddress.getOrDefault(address, 0);
    if (all >= MOST || same >= MOST_OF_ONE_ADDRESS) {
      return false;
    }
    byAddress.put(address, same + 1);
    all++;
    return true;
  }

  synchronized void leave(InetAddress address) {
    all--;
    byAddress.computeIfPresent(address, (_, same) -> same > 1 ? same - 1 : null);
  }
}
