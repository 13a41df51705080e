package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A small network of this test's own: a namespace for each node, all on one switch of this process,
 * on which it has an address too. Links between nodes can be cut, spoilt and healed; nothing leaves
 * the machine.
 */
final class Namespaces implements AutoCloseable {

  /** Where this process is reached from the namespaces. */
  static final String HERE = "10.77.0.254";

  private static final String HERE_DEVICE = "stampede0";
  private static final Path TUN = Path.of("/dev/net/tun");

  private final int size;
  private final LossySwitch ethernet;

  Namespaces(int size) {
    this.size = size;
    delete(); // what a killed run may have left
    List<TapDevice> ports = new ArrayList<>();
    ports.add(here());
    IntStream.rangeClosed(1, size).forEach(node -> ports.add(place(node)));
    ethernet = new LossySwitch(ports);
  }

  private static TapDevice here() {
    TapDevice device = new TapDevice(HERE_DEVICE);
    ip("link set " + HERE_DEVICE + " address " + LossySwitch.address(0) + " up");
    ip("addr add " + HERE + "/24 dev " + HERE_DEVICE);
    return device;
  }

  private static TapDevice place(int node) {
    String outer = "stampede-t" + node;
    ip("netns add " + name(node));
    TapDevice device = new TapDevice(outer);
    ip("link set " + outer + " address " + LossySwitch.address(node));
    ip("link set " + outer + " netns " + name(node) + " name eth0");
    ip("-n " + name(node) + " addr add " + address(node) + "/24 dev eth0");
    ip("-n " + name(node) + " link set eth0 up");
    ip("-n " + name(node) + " link set lo up");
    return device;
  }

  /** Why there can be no such network here; empty where there can. */
  static String obstacle() {
    if (!System.getProperty("user.name").equals("root")) {
      return "network namespaces need root";
    }
    if (!Files.exists(TUN)) {
      return "a network of this process needs " + TUN;
    }
    return Files.isExecutable(Path.of("/usr/sbin/ip")) || Files.isExecutable(Path.of("/sbin/ip"))
        ? ""
        : "network namespaces need ip (Debian's iproute2)";
  }

  static String name(int node) {
    return "stampede-" + node;
  }

  static String address(int node) {
    return "10.77.0." + node;
  }

  /** Before a command, it runs that in the namespace of a node. */
  static List<String> in(int node) {
    return List.of("ip", "netns", "exec", name(node));
  }

  /** Cuts a node off from these others, in both directions; clients and database still reach it. */
  void cut(int node, int... others) {
    IntStream.of(others).forEach(other -> both(node, other, LinkQuality.CUT));
  }

  /** Heals that cut. */
  void heal(int node, int... others) {
    IntStream.of(others).forEach(other -> both(node, other, LinkQuality.PERFECT));
  }

  /** Makes all links between nodes so, in both directions. */
  void spoil(LinkQuality quality) {
    nodeLinks().forEach(link -> link.become(quality));
  }

  private void both(int node, int other, LinkQuality quality) {
    link(node, other).become(quality);
    link(other, node).become(quality);
  }

  /** One direction between two nodes. */
  LossyLink link(int from, int to) {
    return ethernet.link(from, to);
  }

  /** Both directions between every two nodes. */
  List<LossyLink> nodeLinks() {
    return IntStream.rangeClosed(1, size)
        .boxed()
        .flatMap(from ->
            IntStream.rangeClosed(1, size).filter(to -> to != from).mapToObj(to -> link(from, to)))
        .toList();
  }

  /** After the processes in it have ended. */
  @Override
  public void close() {
    delete();
    ethernet.close();
  }

  private void delete() {
    IntStream.rangeClosed(1, size).forEach(node -> run("ip netns del " + name(node)));
    run("ip link del " + HERE_DEVICE);
  }

  private static void ip(String arguments) {
    assertThat(run("ip " + arguments)).as(arguments).isEmpty();
  }

  /** What it complains of. */
  private static String run(String command) {
    try {
      Process process =
          new ProcessBuilder(command.split(" ", -1)).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : said + "(status " + process.exitValue() + ")";
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
