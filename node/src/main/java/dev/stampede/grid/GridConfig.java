package dev.stampede.grid;

import com.hazelcast.config.Config;
import com.hazelcast.config.YamlConfigBuilder;
import dev.stampede.config.ClusterSettings;
import dev.stampede.config.PersistenceSettings;
import dev.stampede.hotspot.pipeline.HotspotSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** {@code hazelcast.yaml}, with what depends on the cluster filled in. */
final class GridConfig {

  private GridConfig() {}

  /** The configuration of one member. */
  static Config of(String name, ClusterSettings settings, PersistenceSettings persistence) {
    Properties values = new Properties();
    values.setProperty("stampede.cluster.name", settings.name());
    values.setProperty("stampede.cluster.host", settings.host());
    values.setProperty("stampede.cluster.port", Integer.toString(settings.port()));
    values.setProperty("stampede.cluster.backups", Integer.toString(settings.backups()));
    values.setProperty("stampede.cluster.others", Integer.toString(settings.others()));
    values.setProperty("stampede.cluster.protected", Boolean.toString(settings.quorum() > 1));
    values.setProperty(
        "stampede.persistence.backupGraceSeconds",
        Long.toString(persistence.backupGrace().toSeconds()));
    // The grid's own schema wants at least 2, also where it is not to protect.
    values.setProperty("stampede.cluster.quorum", Integer.toString(Math.max(2, settings.quorum())));
    try (InputStream yaml = GridConfig.class.getResourceAsStream("/hazelcast.yaml")) {
      if (yaml == null) {
        throw new IllegalStateException("hazelcast.yaml is missing from the node's jar");
      }
      Config config = new YamlConfigBuilder(yaml).setProperties(values).build();
      config.setInstanceName(name);
      config.getMemberAttributeConfig().setAttribute(KnownTiers.ATTRIBUTE, "true");
      settings.members().forEach(config.getNetworkConfig().getJoin().getTcpIpConfig()::addMember);
      GridSerialization.configure(config.getSerializationConfig());
      HotspotSerialization.configure(config.getSerializationConfig());
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException("hazelcast.yaml cannot be read", e);
    }
  }
}
