package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.PartitionService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Whether every partition has all its backups, as all members say. The same question as {@link
 * PartitionService#isClusterSafe}, with a bound on the answer: that one goes on asking a member
 * that hangs or has just left for a minute or more (5.7.0), and a node that is asked for its health
 * cannot wait so long.
 */
final class ClusterSafety {

  /** A member that needs longer has no time for its backups either. */
  static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);

  private ClusterSafety() {}

  /**
   * Asks all members at once. Blocks for {@link #LONGEST_ANSWER} at most.
   *
   * @param blocking runs one question a member, which may block for about ten seconds
   */
  static boolean of(HazelcastInstance member, Executor blocking) {
    PartitionService partitions = member.getPartitionService();
    List<CompletableFuture<Boolean>> answers =
        member.getCluster().getMembers().stream()
            .map(each ->
                CompletableFuture.supplyAsync(() -> partitions.isMemberSafe(each), blocking)
                    .exceptionally(_ -> false)
                    .completeOnTimeout(false, LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS))
            .toList();
    return answers.stream().allMatch(CompletableFuture::join);
  }
}
