package dev.stampede.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The file descriptors of this process: each connection takes one. */
public final class Descriptors {

  private Descriptors() {}

  /** How many there may be; {@link Long#MAX_VALUE} on a system that does not say. */
  public static long most() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
