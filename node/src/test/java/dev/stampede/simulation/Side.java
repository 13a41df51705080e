package dev.stampede.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nodes that see each other take for the grid: its members, and who of them has a replica. One
 * that has died or cannot be reached stays until that is noticed.
 */
final class Side {

  private final List<SimulatedNode> members = new ArrayList<>();

  /** The owner first, then the backups. */
  private final List<SimulatedNode> table = new ArrayList<>();

  private int counted;
  private boolean opened;
  private int losses;

  /** The same picture, for those who are going to see another one. */
  Side copy() {
    Side copy = new Side();
    copy.members.addAll(members);
    copy.table.addAll(table);
    copy.counted = counted;
    copy.opened = opened;
    copy.losses = losses;
    return copy;
  }

  List<SimulatedNode> members() {
    return members;
  }

  List<SimulatedNode> table() {
    return table;
  }

  @Nullable SimulatedNode owner() {
    return table.isEmpty() ? null : table.getFirst();
  }

  List<SimulatedNode> backups() {
    return table.size() < 2 ? List.of() : List.copyOf(table.subList(1, table.size()));
  }

  /** Those backups that are sent changes: Hazelcast passes over replicas that are no members. */
  List<SimulatedNode> reachableBackups() {
    return backups().stream().filter(members::contains).toList();
  }

  /** Whether a call or a change of this node is taken: Hazelcast looks at its address. */
  boolean isMember(SimulatedNode sender) {
    return members.stream().anyMatch(member -> member.number == sender.number);
  }

  /** How many members the quorum counts, which hears of changes a little later. */
  int counted() {
    return counted;
  }

  void count() {
    counted = members.size();
  }

  /** Those that are there in fact. */
  List<SimulatedNode> present() {
    return members.stream().filter(node -> node.isAlive() && node.side() == this).toList();
  }

  /** Takes a node in; where nobody had the shard, it is the one to load it. */
  void join(SimulatedNode node) {
    members.add(node);
    count();
    if (table.isEmpty()) {
      table.add(node);
    }
  }

  /** Removes a member. The table goes on naming its replica until it is repaired. */
  void remove(SimulatedNode gone) {
    members.remove(gone);
  }

  /**
   * Takes replicas on nodes that are no members out of the table; the first one left is the owner.
   *
   * @return whether none was left
   */
  boolean repair() {
    boolean last = table.removeIf(node -> !members.contains(node)) && table.isEmpty();
    if (last) {
      opened &= !present().isEmpty();
      present().stream().findFirst().ifPresent(table::add);
    }
    return last;
  }

  /** Notes that the shard is at work; as every member knows, it is forgotten when all have died. */
  void noteOpened() {
    opened = true;
  }

  boolean wasOpened() {
    return opened;
  }

  /** How often all replicas were lost, as far as anybody here can know. */
  int losses() {
    return losses;
  }

  void noteLosses(int all) {
    losses = all;
  }

  @Override
  public String toString() {
    return "replicas on %s of %s".formatted(numbers(table), numbers(members));
  }

  private static List<Integer> numbers(List<SimulatedNode> nodes) {
    return nodes.stream().map(node -> node.number).toList();
  }
}
