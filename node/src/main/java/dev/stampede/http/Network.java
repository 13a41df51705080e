package dev.stampede.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * Where a client is, as far as one client cannot be many: an IPv4 address, or the first 64 bits of
 * an IPv6 address, as everybody is given that many at least.
 *
 * @param six whether it is of IPv6
 * @param bits the address, or its first 64 bits
 */
record Network(boolean six, long bits) {

  private static final Network NONE = new Network(false, 0);

  static Network of(SocketAddress address) {
    return address instanceof InetSocketAddress internet && internet.getAddress() != null
        ? of(internet.getAddress())
        : NONE;
  }

  static Network of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address
        ? new Network(true, bytes.getLong())
        : new Network(false, Integer.toUnsignedLong(bytes.getInt()));
  }
}
