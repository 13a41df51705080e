package dev.stampede.grid;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.config.YamlConfigBuilder;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.spi.properties.ClusterProperty;
import dev.stampede.config.ClusterSettings;
import dev.stampede.config.HostPort;
import dev.stampede.config.PersistenceSettings;
import dev.stampede.hotspot.pipeline.HotspotSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Properties;

/** {@code hazelcast.yaml}, with what depends on the cluster filled in. */
final class GridConfig {

  private GridConfig() {}

  /** The configuration of one member. */
  static Config of(
      String name, ClusterSettings settings, PersistenceSettings persistence, GridSecret secret) {
    Properties values = new Properties();
    values.setProperty("stampede.cluster.name", secret.clusterName(settings.name()));
    values.setProperty("stampede.cluster.address", address(settings.host()));
    values.setProperty(
        "stampede.cluster.publicAddress", new HostPort(settings.host(), settings.port()).text());
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
      if (address(settings.host()).contains(":")) {
        // Otherwise Hazelcast does not look at IPv6 addresses.
        config.setProperty(ClusterProperty.PREFER_IPv4_STACK.getName(), "false");
      }
      guard(config.getAdvancedNetworkConfig(), settings, secret);
      GridSerialization.configure(config.getSerializationConfig());
      HotspotSerialization.configure(config.getSerializationConfig());
      config
          .getSerializationConfig()
          .setJavaSerializationFilterConfig(HotspotSerialization.javaFilter());
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException("hazelcast.yaml cannot be read", e);
    }
  }

  private static void guard(
      AdvancedNetworkConfig network, ClusterSettings settings, GridSecret secret) {
    settings.members().forEach(network.getJoin().getTcpIpConfig()::addMember);
    Objects.requireNonNull(network.getEndpointConfigs().get(EndpointQualifier.MEMBER))
        .setSocketInterceptorConfig(
            new SocketInterceptorConfig()
                .setEnabled(true)
                .setImplementation(new GridHandshake(secret)));
  }

  /** Hazelcast takes a name for no interface of this machine. */
  private static String address(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw new GridStartException("cluster.host: no address of " + host + " is known", e);
    }
  }
}
