package dev.stampede.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Everything that can be set: its key in YAML and its environment variable. */
public enum Setting {
  /** What logs and health call the node. */
  NODE_NAME("node.name", "STAMPEDE_NODE_NAME"),
  /** For which sales an edge should use the node. */
  NODE_ROLE("node.role", "STAMPEDE_NODE_ROLE"),
  /** The address that HTTP binds. */
  HTTP_HOST("http.host", "STAMPEDE_HTTP_HOST"),
  /** The port of HTTP. */
  HTTP_PORT("http.port", "STAMPEDE_HTTP_PORT"),
  /** Where an edge reaches the node. */
  HTTP_URL("http.url", "STAMPEDE_HTTP_URL"),
  /** How long a request may arrive. */
  HTTP_REQUEST_DEADLINE("http.requestDeadline", "STAMPEDE_HTTP_REQUEST_DEADLINE"),
  /** How many connections there may be. */
  HTTP_MAX_CONNECTIONS("http.maxConnections", "STAMPEDE_HTTP_MAX_CONNECTIONS"),
  /** How many streams of events one network may have. */
  HTTP_MAX_STREAMS_PER_NETWORK(
      "http.maxStreamsPerNetwork", "STAMPEDE_HTTP_MAX_STREAMS_PER_NETWORK"),
  /** Which grid the node belongs to. */
  CLUSTER_NAME("cluster.name", "STAMPEDE_CLUSTER_NAME"),
  /** How many nodes are planned. */
  CLUSTER_SIZE("cluster.size", "STAMPEDE_CLUSTER_SIZE"),
  /** The address that the grid binds. */
  GRID_HOST("cluster.host", "STAMPEDE_GRID_HOST"),
  /** The port of the grid. */
  GRID_PORT("cluster.port", "STAMPEDE_GRID_PORT"),
  /** Which nodes to join. */
  GRID_MEMBERS("cluster.members", "STAMPEDE_GRID_MEMBERS"),
  /** Whether the grid may listen on an address that is not private. */
  GRID_PUBLIC("cluster.publicGrid", "STAMPEDE_GRID_PUBLIC"),
  /** How far a clock may be off. */
  MAX_CLOCK_SKEW("cluster.maxClockSkew", "STAMPEDE_MAX_CLOCK_SKEW"),
  /** Which database. */
  DATABASE_URL("database.url", "STAMPEDE_DB_URL"),
  /** Who logs in to it. */
  DATABASE_USER("database.user", "STAMPEDE_DB_USER"),
  /** With which password. */
  DATABASE_PASSWORD("database.password", "STAMPEDE_DB_PASSWORD"),
  /** Over how many connections. */
  DATABASE_POOL_SIZE("database.poolSize", "STAMPEDE_DB_POOL_SIZE"),
  /** How many commands may wait for a shard. */
  LANE_CAPACITY("lane.capacity", "STAMPEDE_LANE_CAPACITY"),
  /** How many purchases of one sale a node works on while others sell too. */
  LANE_SHARE("lane.share", "STAMPEDE_LANE_SHARE"),
  /** How many a second. */
  LANE_RATE("lane.rate", "STAMPEDE_LANE_RATE"),
  /** How many go into one call. */
  LANE_BATCH("lane.batch", "STAMPEDE_LANE_BATCH"),
  /** How long one may wait for its answer. */
  LANE_DEADLINE("lane.deadline", "STAMPEDE_LANE_DEADLINE"),
  /** The share of a dedicated sale. */
  DEDICATED_SHARE("dedicated.share", "STAMPEDE_DEDICATED_SHARE"),
  /** Its rate. */
  DEDICATED_RATE("dedicated.rate", "STAMPEDE_DEDICATED_RATE"),
  /** How many commands may wait for its shard. */
  DEDICATED_CAPACITY("dedicated.capacity", "STAMPEDE_DEDICATED_CAPACITY"),
  /** How many of them go into one call. */
  DEDICATED_BATCH("dedicated.batch", "STAMPEDE_DEDICATED_BATCH"),
  /** After how many seconds its shards are written. */
  DEDICATED_STORE_DELAY("dedicated.store.delaySeconds", "STAMPEDE_DEDICATED_STORE_DELAY_SECONDS"),
  /** How many of them at a time. */
  DEDICATED_STORE_BATCH("dedicated.store.batch", "STAMPEDE_DEDICATED_STORE_BATCH"),
  /** How many orders of a shard may wait for the database. */
  PERSISTENCE_MAX_BACKLOG("persistence.maxBacklog", "STAMPEDE_PERSISTENCE_MAX_BACKLOG"),
  /** How long the database may be away. */
  PERSISTENCE_TOLERATED_OUTAGE(
      "persistence.toleratedOutage", "STAMPEDE_PERSISTENCE_TOLERATED_OUTAGE"),
  /** Whether lost shards sell at once. */
  RECOVERY_AUTO_REOPEN("recovery.autoReopen", "STAMPEDE_RECOVERY_AUTO_REOPEN"),
  /** How many unpaid orders of a sale one buyer may have. */
  SALE_MAX_OPEN_ORDERS("sale.maxOpenOrders", "STAMPEDE_SALE_MAX_OPEN_ORDERS"),
  /** How long a payment notification may wait until its payment is stored. */
  PAYMENT_DURABLE_WITHIN("payment.durableWithin", "STAMPEDE_PAYMENT_DURABLE_WITHIN"),
  /** How many orders of a sale one buyer may place in all. */
  SALE_MAX_ORDERS_PER_BUYER("sale.maxOrdersPerBuyer", "STAMPEDE_SALE_MAX_ORDERS_PER_BUYER"),
  /** How much of the heap the orders of all sales may be planned to take. */
  SALE_MAX_HEAP_SHARE("sale.maxHeapShare", "STAMPEDE_SALE_MAX_HEAP_SHARE"),
  /** Whether hot sales are looked for. */
  HOTSPOT_ENABLED("hotspot.enabled", "STAMPEDE_HOTSPOT_ENABLED"),
  /** From how many accesses a second a sale is hot. */
  HOTSPOT_ENTER("hotspot.enter", "STAMPEDE_HOTSPOT_ENTER"),
  /** Below how many it is hot no more. */
  HOTSPOT_LEAVE("hotspot.leave", "STAMPEDE_HOTSPOT_LEAVE"),
  /** How many can be hot at a time. */
  HOTSPOT_TOP("hotspot.top", "STAMPEDE_HOTSPOT_TOP"),
  /** Which Kafka brokers to ask. */
  HOTSPOT_KAFKA_SERVERS("hotspot.kafka.servers", "STAMPEDE_HOTSPOT_KAFKA_SERVERS"),
  /** From which topic accesses come. */
  HOTSPOT_KAFKA_ACCESS("hotspot.kafka.access", "STAMPEDE_HOTSPOT_KAFKA_ACCESS"),
  /** Into which topic hot sales go. */
  HOTSPOT_KAFKA_HOT("hotspot.kafka.hot", "STAMPEDE_HOTSPOT_KAFKA_HOT"),
  /** Signs tokens. */
  JWT_SECRET("security.jwt", "STAMPEDE_JWT_SECRET"),
  /** Whom tokens must be for. */
  JWT_AUDIENCE("security.audience", "STAMPEDE_JWT_AUDIENCE"),
  /** Makes order ids. */
  ORDER_SECRET("security.orderId", "STAMPEDE_ORDER_SECRET"),
  /** Signs payment notifications. */
  PAYMENT_SECRETS("security.payment", "STAMPEDE_PAYMENT_SECRET"),
  /** Admits nodes to the grid. */
  GRID_SECRET("security.grid", "STAMPEDE_GRID_SECRET");

  /** What no message may show. */
  private static final List<Setting> HIDDEN =
      List.of(DATABASE_PASSWORD, JWT_SECRET, ORDER_SECRET, PAYMENT_SECRETS, GRID_SECRET);

  private final String key;
  private final String variable;

  Setting(String key, String variable) {
    this.key = key;
    this.variable = variable;
  }

  /** Its key in a configuration file, for example {@code http.port}. */
  public String key() {
    return key;
  }

  /** Its environment variable. */
  public String variable() {
    return variable;
  }

  /** Whether its value must stay out of messages and logs. */
  boolean isHidden() {
    return HIDDEN.contains(this);
  }

  static Optional<Setting> ofKey(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** The keys directly below a section; of the whole file where it is empty. */
  static List<String> keysBelow(String section) {
    return Arrays.stream(values())
        .filter(setting -> setting.key.startsWith(section))
        .map(setting -> setting.key.substring(section.length()).split("\\.", 2)[0])
        .distinct()
        .toList();
  }
}
