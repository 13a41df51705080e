package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A small network of this test's own: a namespace for each node, all on one bridge, on which this
 * process has an address too. Links between nodes can be cut and healed; nothing leaves the
 * machine.
 */
final class Namespaces implements AutoCloseable {

  /** Where this process is reached from the namespaces. */
  static final String HERE = "10.77.0.254";

  private static final String BRIDGE = "stampede0";

  private final int size;

  Namespaces(int size) {
    this.size = size;
    close(); // what a killed run may have left
    ip("link add " + BRIDGE + " type bridge");
    ip("addr add " + HERE + "/24 dev " + BRIDGE);
    ip("link set " + BRIDGE + " up");
    for (int node = 1; node <= size; node++) {
      String outer = "stampede-v" + node;
      ip("netns add " + name(node));
      ip("link add " + outer + " type veth peer name eth0 netns " + name(node));
      ip("link set " + outer + " master " + BRIDGE + " up");
      ip("-n " + name(node) + " addr add " + address(node) + "/24 dev eth0");
      ip("-n " + name(node) + " link set eth0 up");
      ip("-n " + name(node) + " link set lo up");
    }
  }

  /** Why there can be no such network here; empty where there can. */
  static String obstacle() {
    if (!System.getProperty("user.name").equals("root")) {
      return "network namespaces need root";
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
    IntStream.of(others)
        .forEach(other -> {
          ip("-n " + name(node) + " route add blackhole " + address(other) + "/32");
          ip("-n " + name(other) + " route add blackhole " + address(node) + "/32");
        });
  }

  /** Heals that cut. */
  void heal(int node, int... others) {
    IntStream.of(others)
        .forEach(other -> {
          ip("-n " + name(node) + " route del blackhole " + address(other) + "/32");
          ip("-n " + name(other) + " route del blackhole " + address(node) + "/32");
        });
  }

  @Override
  public void close() {
    IntStream.rangeClosed(1, size).forEach(node -> run("ip netns del " + name(node)));
    IntStream.rangeClosed(1, size).forEach(node -> run("ip link del stampede-v" + node));
    run("ip link del " + BRIDGE);
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
