package dev.stampede.hotspot.pipeline;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.AddressPicker;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.Node;
import java.net.InetAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Hazelcast member that listens nowhere, so that nobody can reach it. Configuration cannot say
 * that: it takes the place where Hazelcast opens its port. Another version of Hazelcast may have
 * another place: {@code LogScannerNetworkTest} fails then.
 */
final class PortlessContext extends DefaultNodeContext {

  private PortlessContext() {}

  /** Starts a member that stays alone. Blocks for a second or two. */
  static HazelcastInstance start(Config config) {
    return HazelcastInstanceFactory.newHazelcastInstance(
        config, config.getInstanceName(), new PortlessContext());
  }

  @Override
  public AddressPicker createAddressPicker(Node node) {
    return new NoPort();
  }

  /** An address that a member must have, and no socket. */
  private static final class NoPort implements AddressPicker {
    private final Address address = new Address(InetAddress.getLoopbackAddress(), 1);

    @Override
    public void pickAddress() {
      // It is always the same.
    }

    @Override
    public Address getBindAddress(EndpointQualifier qualifier) {
      return address;
    }

    @Override
    public Address getPublicAddress(EndpointQualifier qualifier) {
      return address;
    }

    @Override
    public Map<EndpointQualifier, Address> getPublicAddressMap() {
      return getBindAddressMap();
    }

    @Override
    public Map<EndpointQualifier, Address> getBindAddressMap() {
      return Map.of(EndpointQualifier.MEMBER, address);
    }

    @Override
    public @Nullable ServerSocketChannel getServerSocketChannel(EndpointQualifier qualifier) {
      return null;
    }

    @Override
    public Map<EndpointQualifier, ServerSocketChannel> getServerSocketChannels() {
      return Map.of();
    }
  }
}
