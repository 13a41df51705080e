package dev.stampede.config;

/**
 * Everything that can be configured of one node.
 *
 * @param node what it is called
 * @param http where it answers
 * @param cluster which grid it belongs to
 * @param database where orders are kept
 * @param lane how purchases queue
 * @param dedicated what sales that are kept apart have of their own
 * @param persistence how much may wait for the database, and how long
 * @param recovery what becomes of lost shards
 * @param sale what holds for all sales
 * @param payment how the payment provider is answered
 * @param hotspot which sales are hot
 * @param security the secrets
 */
public record Settings(
    NodeSettings node,
    HttpSettings http,
    ClusterSettings cluster,
    DatabaseSettings database,
    LaneSettings lane,
    DedicatedSettings dedicated,
    PersistenceSettings persistence,
    RecoverySettings recovery,
    SaleSettings sale,
    PaymentSettings payment,
    HotspotSettings hotspot,
    SecuritySettings security) {}
