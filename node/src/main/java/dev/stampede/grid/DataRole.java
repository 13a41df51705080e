package dev.stampede.grid;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this member owns partitions. While its clock is wrong it becomes a lite member, which
 * hands them over to the others, and a data member again afterwards. Hazelcast's split-brain
 * protection counts data members only, so it stays one if the others would be too few to sell: then
 * its shards wait for its clock.
 *
 * <p>Threads: one asks at a time; the change itself blocks a thread of the executor.
 */
final class DataRole {

  private static final Logger LOG = LoggerFactory.getLogger(DataRole.class);

  private final Cluster cluster;
  private final int quorum;
  private final Executor blocking;
  private final AtomicBoolean changing = new AtomicBoolean();

  /**
   * The role of this member.
   *
   * @param quorum how many data members purchases need
   * @param blocking where a change may block for as long as partitions move
   */
  DataRole(Cluster cluster, int quorum, Executor blocking) {
    this.cluster = cluster;
    this.quorum = quorum;
    this.blocking = blocking;
  }

  /** Begins to change the role, if it should and can be another; returns at once. */
  void follow(boolean isClockTrusted) {
    boolean isLite = cluster.getLocalMember().isLiteMember();
    if (isClockTrusted != isLite || !(isLite || othersAreEnough())) {
      return;
    }
    if (changing.compareAndSet(false, true)) {
      blocking.execute(() -> change(isLite));
    }
  }

  private boolean othersAreEnough() {
    long dataMembers = cluster.getMembers().stream().filter(DataRole::ownsData).count();
    return dataMembers - 1 >= quorum;
  }

  private static boolean ownsData(Member member) {
    return !member.isLiteMember();
  }

  private void change(boolean isLite) {
    try {
      if (isLite) {
        cluster.promoteLocalLiteMember();
        LOG.info("this node owns its part of the stock again");
      } else {
        cluster.demoteLocalDataMember();
        LOG.warn("this node has handed its part of the stock over to the others");
      }
    } catch (IllegalStateException | HazelcastException e) {
      // The next measurement tries again.
      LOG.warn("this node's part of the stock cannot move now: {}", e.getMessage());
    } finally {
      changing.set(false);
    }
  }
}
