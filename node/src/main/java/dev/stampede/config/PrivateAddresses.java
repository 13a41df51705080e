package dev.stampede.config;

import java.net.Inet6Address;
import java.net.InetAddress;

/** The addresses that the internet does not reach by itself. */
final class PrivateAddresses {

  /** fc00::/7, which Java does not know. */
  private static final int UNIQUE_LOCAL = 0xfc;

  private static final int UNIQUE_LOCAL_MASK = 0xfe;

  private PrivateAddresses() {}

  /** Whether it is loopback, of RFC 1918, link-local, or of fc00::/7. */
  static boolean includes(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || (address instanceof Inet6Address
            && (address.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL);
  }
}
