package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;

/**
 * An Ethernet switch in this process, which can treat every direction between two ports in its own
 * way. There is nothing to learn: the last byte of a device's address is the number of its port.
 *
 * <p>A thread for each port reads, and writes what is not delayed; one more writes what is. They
 * end with the devices.
 */
final class LossySwitch implements AutoCloseable {

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("switch-late").factory());

  /** By the sending port, then by the receiving one. */
  private final List<List<LossyLink>> links;

  private final List<Thread> readers;

  LossySwitch(List<TapDevice> ports) {
    links = IntStream.range(0, ports.size()).mapToObj(from -> linksOf(from, ports)).toList();
    readers =
        IntStream.range(0, ports.size()).mapToObj(from -> reader(from, ports.get(from))).toList();
  }

  private Thread reader(int from, TapDevice device) {
    return Thread.ofPlatform().daemon().name("switch-" + from).start(() -> serve(from, device));
  }

  private List<LossyLink> linksOf(int from, List<TapDevice> ports) {
    return IntStream.range(0, ports.size())
        .mapToObj(to -> new LossyLink(ports.get(to)::write, timer, 1_000L * from + to))
        .toList();
  }

  /** The address that the device at a port must have. */
  static String address(int port) {
    return String.format("02:77:00:00:00:%02x", port);
  }

  LossyLink link(int from, int to) {
    return links.get(from).get(to);
  }

  private void serve(int from, TapDevice device) {
    Optional<byte[]> frame = device.read();
    while (frame.isPresent()) {
      forward(from, frame.get());
      frame = device.read();
    }
    device.close();
  }

  private void forward(int from, byte[] frame) {
    boolean toAll = (frame[0] & 1) == 1;
    int port = frame[5];
    for (int to = 0; to < links.size(); to++) {
      if (to != from && (toAll || to == port)) {
        link(from, to).send(frame);
      }
    }
  }

  /** After the devices were deleted. What is still on its way is lost. */
  @Override
  public void close() {
    readers.forEach(LossySwitch::awaitEnd);
    timer.shutdownNow();
  }

  private static void awaitEnd(Thread reader) {
    try {
      assertThat(reader.join(Duration.ofSeconds(10))).as(reader.getName()).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
