package dev.stampede.config;

/**
 * What becomes of shards that went with more nodes than there were backups.
 *
 * @param autoReopen whether they sell at once as the database has them; otherwise they are frozen
 *     until an operator says so
 */
public record RecoverySettings(boolean autoReopen) {}
