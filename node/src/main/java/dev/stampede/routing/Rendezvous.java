package dev.stampede.routing;

import dev.stampede.sale.SaleId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Rendezvous hashing, or highest random weight: each pair of a sale and a node has a weight that
 * looks random, and a sale goes to the node that has the highest with it. A node that goes takes
 * only its own sales with it, each to the node that was its second; a node that comes takes only
 * those for which it is the highest. No ring, no virtual nodes, nothing to agree on.
 *
 * <p>The weight is the first 64 bits of SHA-256 over {@code SALE URL}, without a sign, so that
 * others can compute it as well.
 *
 * <p>Source: D. Thaler and C. Ravishankar, "Using name-based mappings to increase hit rates",
 * IEEE/ACM Transactions on Networking 6 (1), 1998.
 */
final class Rendezvous {

  private Rendezvous() {}

  /** The nodes for a sale, the best first; in whatever order they are given. */
  static List<RoutedNode> order(SaleId sale, Collection<RoutedNode> nodes) {
    record Weighed(RoutedNode node, long weight) {}
    return nodes.stream()
        .map(node -> new Weighed(node, weight(sale, node)))
        .sorted(
            Comparator.comparing(Weighed::weight, Long::compareUnsigned)
                .reversed()
                .thenComparing(Weighed::node))
        .map(Weighed::node)
        .toList();
  }

  private static long weight(SaleId sale, RoutedNode node) {
    return ByteBuffer.wrap(sha256(sale + " " + node.url())).getLong();
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
