package dev.stampede.members;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Real Hazelcast members in this JVM that find one another on loopback, without a node's rest. */
public final class LoopbackGrid implements AutoCloseable {

  private final String cluster = "loopback-" + UUID.randomUUID();
  private final List<HazelcastInstance> members = new ArrayList<>();
  private final Consumer<Config> settings;

  /**
   * No member yet.
   *
   * @param settings what each of them has besides
   */
  public LoopbackGrid(Consumer<Config> settings) {
    this.settings = settings;
  }

  /** Starts a member that joins the others. Blocks for some seconds. */
  public HazelcastInstance start() {
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config());
    members.add(member);
    return member;
  }

  private Config config() {
    Config config = new Config().setClusterName(cluster);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getNetworkConfig().setPort(5801).setPortCount(200);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    var join = config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true);
    members.stream()
        .map(member -> member.getCluster().getLocalMember().getAddress())
        .forEach(address -> join.addMember(address.getHost() + ":" + address.getPort()));
    settings.accept(config);
    return config;
  }

  @Override
  public void close() {
    members.forEach(member -> member.getLifecycleService().terminate());
  }
}
