package dev.stampede.config;

/**
 * What sales that are kept apart have of their own, on each node.
 *
 * @param lane how commands queue in front of their shards; its deadline is that of all sales
 * @param store how their shards are written to the database
 */
public record DedicatedSettings(LaneSettings lane, StoreSettings store) {}
