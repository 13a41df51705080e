package dev.stampede.grid;

import com.hazelcast.config.Config;
import com.hazelcast.config.EndpointConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.networking.InboundHandler;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.nio.MemberSocketInterceptor;
import java.util.Objects;

/**
 * What this project puts into a Hazelcast member: its own handshake and its own packet decoder, at
 * the two places that Hazelcast keeps for its commercial edition. Another version of Hazelcast may
 * have other places: {@code GridDoorIT} fails then.
 */
final class GridNodeContext extends DefaultNodeContext {

  /** One packet may need this part of the heap: a shard's copy is the largest. */
  private static final int HEAP_PART = 2;

  private GridNodeContext() {}

  /** Starts a member with this configuration, of {@link GridConfig}. Blocks until it has joined. */
  static HazelcastInstance start(Config config) {
    return HazelcastInstanceFactory.newHazelcastInstance(
        config, config.getInstanceName(), new GridNodeContext());
  }

  @Override
  public NodeExtension createNodeExtension(Node node) {
    return new Extension(node);
  }

  private static int mostPacketBytes() {
    return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / HEAP_PART);
  }

  private static final class Extension extends DefaultNodeExtension {
    private final int mostPacketBytes = mostPacketBytes();

    Extension(Node node) {
      super(node);
    }

    @Override
    public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier endpoint) {
      EndpointConfig config =
          Objects.requireNonNull(
              node.getConfig().getAdvancedNetworkConfig().getEndpointConfigs().get(endpoint));
      Object handshake = config.getSocketInterceptorConfig().getImplementation();
      return (MemberSocketInterceptor) Objects.requireNonNull(handshake);
    }

    @Override
    public InboundHandler<?, ?>[] createInboundHandlers(
        EndpointQualifier endpoint, ServerConnection connection, ServerContext context) {
      return new InboundHandler<?, ?>[] {
        new BoundedPacketDecoder(connection, node.nodeEngine.getPacketDispatcher(), mostPacketBytes)
      };
    }

    /** Hazelcast's own would log the cluster's name, a part of which is secret. */
    @Override
    public void printNodeInfo() {
      systemLogger.info(
          "Hazelcast " + node.getBuildInfo().getVersion() + " starts at " + node.getThisAddress());
    }
  }
}
