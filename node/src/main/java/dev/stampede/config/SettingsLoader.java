package dev.stampede.config;

import dev.stampede.routing.Role;
import dev.stampede.routing.RoutedNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns what was written into settings that can be used, or says what cannot. */
public final class SettingsLoader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
  private static final Pattern ROLE = Pattern.compile("standard|dedicated");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,255}");
  private static final Pattern MEMBER =
      Pattern.compile("([A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}]):[0-9]{1,5}");
  private static final Pattern URL = Pattern.compile("jdbc:mariadb://[^/]+/[A-Za-z0-9_]+(\\?.*)?");
  private static final Pattern USER = Pattern.compile("\\S{1,80}");
  private static final Pattern PASSWORD = Pattern.compile(".*");

  /** Names and URIs; nothing that needs an escape in JSON. */
  private static final Pattern AUDIENCE = Pattern.compile("[!#-\\[\\]-~]{1,255}");

  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  private static final String NAME_RULE = "1 to 40 letters, digits and . _ -";
  private static final String AUDIENCE_RULE = "1 to 255 visible ASCII characters without \" and \\";
  private static final String TOPIC_RULE = "1 to 249 letters, digits and . _ -";

  private static final int MIN_KEY_BYTES = 32;
  private static final int MAX_KEY_BYTES = 1024;

  /** Of Standard Webhooks. */
  private static final int MIN_WEBHOOK_BYTES = 24;

  private static final int MAX_WEBHOOK_BYTES = 64;

  private final SettingReader reader;

  private SettingsLoader(SettingLayer layer) {
    this.reader = new SettingReader(layer);
  }

  /**
   * The settings of a node.
   *
   * @throws ConfigException where one is missing or out of its range
   */
  public static Settings load(SettingLayer layer) {
    return new SettingsLoader(layer).settings();
  }

  /**
   * The secrets only, for commands that start no node.
   *
   * @throws ConfigException where one is missing or malformed
   */
  public static SecuritySettings loadSecurity(SettingLayer layer) {
    return new SettingsLoader(layer).security();
  }

  /**
   * The database only, for commands that start no node.
   *
   * @throws ConfigException where one is missing or malformed
   */
  public static DatabaseSettings loadDatabase(SettingLayer layer) {
    return new SettingsLoader(layer).database();
  }

  private Settings settings() {
    return new Settings(
        node(),
        http(),
        cluster(),
        database(),
        lane(),
        dedicated(),
        persistence(),
        recovery(),
        sale(),
        payment(),
        hotspot(),
        security());
  }

  private NodeSettings node() {
    return new NodeSettings(
        reader.text(Setting.NODE_NAME, NAME, NAME_RULE),
        reader.text(Setting.NODE_ROLE, ROLE, "standard or dedicated").equals(Role.DEDICATED.word())
            ? Role.DEDICATED
            : Role.STANDARD);
  }

  private HttpSettings http() {
    return new HttpSettings(
        reader.text(Setting.HTTP_HOST, HOST, "a host name or address"),
        reader.integer(Setting.HTTP_PORT, 0, 65_535),
        reader.textOrEmpty(Setting.HTTP_URL, RoutedNode.URL, RoutedNode.URL_RULE),
        limits());
  }

  private HttpLimits limits() {
    return new HttpLimits(
        reader.duration(
            Setting.HTTP_REQUEST_DEADLINE, Duration.ofSeconds(1), Duration.ofSeconds(60)),
        reader.integer(
            Setting.HTTP_MAX_CONNECTIONS, 1, HttpLimits.MAX_CONNECTIONS, HttpLimits.AS_POSSIBLE),
        reader.integer(Setting.HTTP_MAX_STREAMS_PER_NETWORK, 1, HttpLimits.MAX_STREAMS));
  }

  private ClusterSettings cluster() {
    return new ClusterSettings(
        reader.text(Setting.CLUSTER_NAME, NAME, NAME_RULE),
        reader.integer(Setting.CLUSTER_SIZE, 1, ClusterSettings.MAX_SIZE),
        reader.text(Setting.GRID_HOST, HOST, "a host name or address"),
        reader.integer(Setting.GRID_PORT, 1, 65_535),
        reader.list(Setting.GRID_MEMBERS, MEMBER, "addresses host:port"),
        reader.yesOrNo(Setting.GRID_PUBLIC),
        reader.duration(Setting.MAX_CLOCK_SKEW, Duration.ofMillis(500), Duration.ofMinutes(1)));
  }

  private DatabaseSettings database() {
    return new DatabaseSettings(
        reader.text(Setting.DATABASE_URL, URL, "jdbc:mariadb://HOST:PORT/DATABASE"),
        reader.text(Setting.DATABASE_USER, USER, "a user name"),
        reader.textOrEmpty(Setting.DATABASE_PASSWORD, PASSWORD, "a password in one line"),
        reader.integer(Setting.DATABASE_POOL_SIZE, 2, 64));
  }

  private LaneSettings lane() {
    return new LaneSettings(
        reader.integer(Setting.LANE_CAPACITY, 1, 1_000_000),
        reader.integer(Setting.LANE_SHARE, 1, 1_000_000),
        reader.integer(Setting.LANE_RATE, 1, 1_000_000, LaneSettings.USUAL_RATE),
        reader.integer(Setting.LANE_BATCH, 1, 4_096),
        reader.duration(Setting.LANE_DEADLINE, Duration.ofMillis(100), Duration.ofSeconds(60)));
  }

  /** What is not set is as it is for all. */
  private DedicatedSettings dedicated() {
    LaneSettings all = lane();
    return new DedicatedSettings(
        new LaneSettings(
            reader.integer(Setting.DEDICATED_CAPACITY, 1, 1_000_000, all.capacity()),
            reader.integer(Setting.DEDICATED_SHARE, 1, 1_000_000, all.share()),
            reader.integer(Setting.DEDICATED_RATE, 1, 1_000_000, all.rate()),
            reader.integer(Setting.DEDICATED_BATCH, 1, 4_096, all.batch()),
            all.deadline()),
        new StoreSettings(
            reader.integer(Setting.DEDICATED_STORE_DELAY, 1, StoreSettings.MAX_DELAY_SECONDS),
            reader.integer(Setting.DEDICATED_STORE_BATCH, 1, 10_000)));
  }

  private RecoverySettings recovery() {
    return new RecoverySettings(reader.yesOrNo(Setting.RECOVERY_AUTO_REOPEN));
  }

  private PersistenceSettings persistence() {
    return new PersistenceSettings(
        reader.integer(
            Setting.PERSISTENCE_MAX_BACKLOG,
            PersistenceSettings.MIN_BACKLOG,
            PersistenceSettings.MAX_BACKLOG),
        reader.duration(
            Setting.PERSISTENCE_TOLERATED_OUTAGE, Duration.ofMinutes(1), Duration.ofHours(24)));
  }

  private SaleSettings sale() {
    return new SaleSettings(
        reader.integer(Setting.SALE_MAX_OPEN_ORDERS, 1, 1_000),
        reader.integer(Setting.SALE_MAX_ORDERS_PER_BUYER, 1, 1_000_000, SaleSettings.BY_LIMIT),
        reader.integer(Setting.SALE_MAX_HEAP_SHARE, 1, SaleSettings.UNLIMITED_HEAP_SHARE));
  }

  private PaymentSettings payment() {
    return new PaymentSettings(
        reader.duration(
            Setting.PAYMENT_DURABLE_WITHIN, Duration.ofMillis(100), Duration.ofSeconds(30)));
  }

  private HotspotSettings hotspot() {
    int enter = reader.integer(Setting.HOTSPOT_ENTER, 1, HotspotSettings.MAX_ENTER);
    double leave =
        reader.isSet(Setting.HOTSPOT_LEAVE)
            ? reader.integer(Setting.HOTSPOT_LEAVE, 1, HotspotSettings.MAX_ENTER)
            : enter / 2.0;
    return new HotspotSettings(
        reader.yesOrNo(Setting.HOTSPOT_ENABLED),
        enter,
        leave,
        reader.integer(Setting.HOTSPOT_TOP, 1, 1_000),
        kafka());
  }

  private Optional<KafkaSettings> kafka() {
    KafkaSettings kafka =
        new KafkaSettings(
            reader.list(Setting.HOTSPOT_KAFKA_SERVERS, MEMBER, "addresses host:port"),
            reader.text(Setting.HOTSPOT_KAFKA_ACCESS, TOPIC, TOPIC_RULE),
            reader.text(Setting.HOTSPOT_KAFKA_HOT, TOPIC, TOPIC_RULE));
    return Optional.of(kafka).filter(configured -> !configured.servers().isEmpty());
  }

  private SecuritySettings security() {
    List<String> payment =
        reader.keys(Setting.PAYMENT_SECRETS, "whsec_", MIN_WEBHOOK_BYTES, MAX_WEBHOOK_BYTES);
    return new SecuritySettings(
        key(Setting.JWT_SECRET),
        reader.textOrEmpty(Setting.JWT_AUDIENCE, AUDIENCE, AUDIENCE_RULE),
        key(Setting.ORDER_SECRET),
        payment,
        key(Setting.GRID_SECRET));
  }

  private String key(Setting setting) {
    return reader.key(setting, MIN_KEY_BYTES, MAX_KEY_BYTES);
  }
}
