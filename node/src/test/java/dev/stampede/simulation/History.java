package dev.stampede.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names one history: everything that happens in it follows from this.
 *
 * @param seed of every random choice
 * @param nodes how many there are; 0 as the seed has it
 * @param steps in which faults happen, before all is mended
 * @param skipped the numbers of faults that are left out, in ascending order
 * @param off mechanisms that are switched off
 */
record History(long seed, int nodes, int steps, List<Integer> skipped, Set<Mechanism> off) {

  History {
    skipped = skipped.stream().sorted().distinct().toList();
  }

  /** The history of a seed with nothing left out. */
  static History of(long seed) {
    return of(seed, Set.of());
  }

  static History of(long seed, Set<Mechanism> off) {
    return new History(seed, 0, Simulation.STEPS, List.of(), off);
  }

  History withNodes(int fewer) {
    return new History(seed, fewer, steps, skipped, off);
  }

  History withSteps(int fewer) {
    return new History(seed, nodes, fewer, skipped, off);
  }

  History without(int fault) {
    List<Integer> more = new ArrayList<>(skipped);
    more.add(fault);
    return new History(seed, nodes, steps, more, off);
  }

  /** The command that runs this history alone. */
  String command() {
    StringBuilder command = new StringBuilder("./stampede simulate --histories 1 --seed " + seed);
    if (nodes > 0) {
      command.append(" --nodes ").append(nodes);
    }
    if (steps != Simulation.STEPS) {
      command.append(" --steps ").append(steps);
    }
    if (!skipped.isEmpty()) {
      command.append(" --skip ").append(list(skipped));
    }
    if (!off.isEmpty()) {
      command.append(" --off ").append(list(off.stream().sorted().toList()));
    }
    return command.toString();
  }

  private static String list(List<?> items) {
    return items.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
