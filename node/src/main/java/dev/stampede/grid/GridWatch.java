package dev.stampede.grid;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;
import java.util.UUID;

/**
 * Keeps what is known of the shards here in step with the grid: who is in it, which partitions
 * move, and whether it has just merged with another.
 *
 * <p>Threads: Hazelcast's event threads; nothing here blocks.
 */
final class GridWatch extends MembershipAdapter implements MigrationListener, LifecycleListener {

  private final HazelcastInstance member;
  private final int quorum;
  private final LocalShards local;
  private final Runnable merged;

  /**
   * A watch that has not begun.
   *
   * @param quorum how many members are enough for purchases
   * @param merged what is to be done after a merge
   */
  GridWatch(HazelcastInstance member, int quorum, LocalShards local, Runnable merged) {
    this.member = member;
    this.quorum = quorum;
    this.local = local;
    this.merged = merged;
  }

  void begin() {
    noteMembers();
    UUID _ = member.getCluster().addMembershipListener(this);
    UUID _ = member.getLifecycleService().addLifecycleListener(this);
    UUID _ = member.getPartitionService().addMigrationListener(this);
  }

  int members() {
    return member.getCluster().getMembers().size();
  }

  private void noteMembers() {
    local.setAlone(quorum == 1 && members() == 1);
    local.setQuorum(members() >= quorum);
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    noteMembers();
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    noteMembers();
  }

  /**
   * After a cut this side dropped what it had, and joined the other. A sale that was published here
   * meanwhile is in the database only.
   */
  @Override
  public void stateChanged(LifecycleEvent event) {
    if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
      local.forgetAll();
      noteMembers();
      merged.run();
    }
  }

  // A shard that moved is another object: what is known of it is learned anew.

  @Override
  public void migrationStarted(MigrationState state) {
    local.forgetAll();
  }

  @Override
  public void migrationFinished(MigrationState state) {
    local.forgetAll();
  }

  @Override
  public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
    local.forgetAll();
  }

  @Override
  public void replicaMigrationFailed(ReplicaMigrationEvent event) {
    local.forgetAll();
  }
}
