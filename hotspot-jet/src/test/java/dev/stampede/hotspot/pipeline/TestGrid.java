package dev.stampede.hotspot.pipeline;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.config.JobConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Members on the loopback address, with what the pipeline needs. */
final class TestGrid implements AutoCloseable {
  private final String name = "hotspot-" + UUID.randomUUID();
  private final List<HazelcastInstance> members = new ArrayList<>();

  HazelcastInstance start() {
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config());
    members.add(member);
    return member;
  }

  static Job submit(HazelcastInstance member, HotspotConfig config) {
    return member
        .getJet()
        .newJob(HotspotPipeline.build(config), new JobConfig().setName("hotspots"));
  }

  @Override
  public void close() {
    members.forEach(member -> member.getLifecycleService().terminate());
  }

  private Config config() {
    Config config = new Config().setClusterName(name);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.partition.count", "31");
    config.getNetworkConfig().setPort(5801).setPortCount(200);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    var join = config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true);
    members.stream()
        .map(member -> member.getCluster().getLocalMember().getAddress())
        .forEach(address -> join.addMember(address.getHost() + ":" + address.getPort()));
    config.getJetConfig().setEnabled(true).setCooperativeThreadCount(2);
    config.getMapConfig(HotspotPipeline.HOT_ITEMS).setTimeToLiveSeconds(6);
    HotspotSerialization.configure(config.getSerializationConfig());
    return config;
  }
}
