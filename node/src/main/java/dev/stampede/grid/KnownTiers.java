package dev.stampede.grid;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import dev.stampede.sale.Sale;
import dev.stampede.sale.Sales;
import dev.stampede.sale.Tier;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether all nodes keep dedicated sales in a map of their own. A node of an older build would sell
 * them from the map of the others, of which the database takes one side only; and as a node that
 * owns a part of their own map it would not know that this is to be stored.
 *
 * <p>Threads: any may ask; Hazelcast's event threads tell of members.
 */
final class KnownTiers extends MembershipAdapter {

  /** The attribute by which a member says that it does. */
  static final String ATTRIBUTE = "stampede.tiers";

  private static final Logger LOG = LoggerFactory.getLogger(KnownTiers.class);

  private final Cluster cluster;
  private final Sales sales;

  KnownTiers(Cluster cluster, Sales sales) {
    this.cluster = cluster;
    this.sales = sales;
  }

  /** Whether every member of a cluster does. */
  static boolean byAllOf(Cluster cluster) {
    return cluster.getMembers().stream().allMatch(KnownTiers::by);
  }

  private static boolean by(Member member) {
    return member.getAttribute(ATTRIBUTE) != null;
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    complain();
  }

  /** Says so in the log where a dedicated sale meets a node that does not know what it is. */
  void complain() {
    List<Sale> dedicated =
        sales.all().stream().filter(sale -> sale.tier() == Tier.DEDICATED).toList();
    if (!dedicated.isEmpty()) {
      cluster.getMembers().stream()
          .filter(member -> !by(member))
          .forEach(member ->
              LOG.error(
                  "the node at {}:{} is of a build that does not know dedicated sales ({}{}):"
                      + " orders of them may be taken twice there, or lost; stop it by SIGTERM, and"
                      + " start this build in its place",
                  member.getAddress().getHost(),
                  member.getAddress().getPort(),
                  dedicated.getFirst().id(),
                  dedicated.size() == 1 ? "" : ", …"));
    }
  }
}
