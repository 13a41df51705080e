package dev.stampede.stock;

import java.util.List;
import java.util.Optional;

/**
 * What a shard decided about a batch of commands.
 *
 * @param change what to apply; empty where the commands change nothing
 * @param outcomes one answer per command, in their order
 */
public record Decision(Optional<ShardChange> change, List<Outcome> outcomes) {}
