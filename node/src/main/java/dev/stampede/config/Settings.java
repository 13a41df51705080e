package dev.stampede.config;

/**
 * Everything that can be configured of one node.
 *
 * @param node what it is called
 * @param http where it answers
 * @param cluster which grid it belongs to
 * @param database where orders are kept
 * @param lane how purchases queue
 * @param recovery what becomes of lost shards
 * @param security the secrets
 */
public record Settings(
    NodeSettings node,
    HttpSettings http,
    ClusterSettings cluster,
    DatabaseSettings database,
    LaneSettings lane,
    RecoverySettings recovery,
    SecuritySettings security) {}
