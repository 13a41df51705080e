package dev.stampede.load.verdict;

import java.util.Objects;

/**
 * A shard after one of its changes, as the database has it.
 *
 * @param seq the number of the change
 * @param chain its hash
 * @param counts where the units are after it
 */
public record ShardState(int shard, long seq, String chain, Figures counts) {
  public ShardState {
    Objects.requireNonNull(chain, "chain");
    Objects.requireNonNull(counts, "counts");
  }
}
