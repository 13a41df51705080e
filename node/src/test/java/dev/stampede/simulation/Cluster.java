package dev.stampede.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Nodes and the table of replicas: who is owner, who is backup, who succeeds whom. */
final class Cluster {

  private static final int MOST_MILLIS_TO_DETECT = 800;

  private final World world;
  private final SimulatedDatabase database;
  private final int backupCount;
  private final List<SimulatedNode> nodes = new ArrayList<>();

  /** The owner first, then the backups. A dead node stays until its death is noticed. */
  private final List<SimulatedNode> table = new ArrayList<>();

  private int losses;
  private boolean opened;
  private boolean healed;

  Cluster(World world, SimulatedDatabase database, int size, int backupCount) {
    this.world = world;
    this.database = database;
    this.backupCount = backupCount;
    for (int number = 0; number < size; number++) {
      nodes.add(new SimulatedNode(number, world, this));
    }
    table.addAll(nodes.subList(0, 1 + backupCount));
  }

  SimulatedDatabase database() {
    return database;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  List<SimulatedNode> living() {
    return nodes.stream().filter(SimulatedNode::isAlive).toList();
  }

  Optional<SimulatedNode> someNode() {
    List<SimulatedNode> living = living();
    return living.isEmpty()
        ? Optional.empty()
        : Optional.of(living.get(world.scheduler().draw(living.size())));
  }

  @Nullable SimulatedNode owner() {
    return table.isEmpty() ? null : table.getFirst();
  }

  /** What is worked on, if anything is. */
  Optional<Replica> ownersReplica() {
    return Optional.ofNullable(owner())
        .flatMap(node -> Optional.ofNullable(node.replica()))
        .filter(replica -> replica.shard().isProven());
  }

  List<SimulatedNode> backups() {
    return table.size() < 2 ? List.of() : List.copyOf(table.subList(1, table.size()));
  }

  List<SimulatedNode> table() {
    return table;
  }

  /** How often no replica was left. */
  int losses() {
    return losses;
  }

  boolean hasQuorum() {
    return 2 * living().size() > nodes.size();
  }

  /** Whether there never are backups: then none lacks a change. */
  boolean isAlone() {
    return nodes.size() == 1;
  }

  void execute(Call call) {
    Optional.ofNullable(owner()).ifPresent(node -> node.execute(call));
  }

  void install(Replica loaded, Consumer<Boolean> answer) {
    Optional.ofNullable(owner()).ifPresent(node -> node.install(loaded, answer));
  }

  void prove(int loading, Runnable answer) {
    Optional.ofNullable(owner()).ifPresent(node -> node.prove(loading, answer));
  }

  /** Notes that the shard is at work; as every node knows, it is forgotten when all have died. */
  void noteOpened() {
    opened = true;
  }

  boolean wasOpened() {
    return opened;
  }

  void tellStored(int epoch, long seq) {
    for (SimulatedNode node : living()) {
      world.network().sendRepeatedly(() -> node.lane.stored(epoch, seq));
    }
  }

  // ---- what befalls nodes

  void kill(SimulatedNode node) {
    if (node.isAlive()) {
      world.scheduler().note(node.number, () -> "node " + node.number + " dies");
      node.die();
      opened &= !living().isEmpty();
      long unnoticed = world.scheduler().draw(1, MOST_MILLIS_TO_DETECT);
      world.scheduler().after(unnoticed, () -> notice(node));
    }
  }

  private void notice(SimulatedNode dead) {
    boolean had = table.remove(dead);
    world
        .scheduler()
        .note(
            dead.number, () -> "the death of node " + dead.number + " is noticed; " + tableText());
    if (had && table.isEmpty()) {
      losses++;
      world.promises().lost();
      living().stream().findFirst().ifPresent(table::add);
    }
  }

  private String tableText() {
    return "replicas on " + table.stream().map(node -> node.number).toList();
  }

  void restart(int number) {
    if (!nodes.get(number).isAlive()) {
      SimulatedNode node = new SimulatedNode(number, world, this);
      nodes.set(number, node);
      world.scheduler().note(number, () -> "node " + number + " starts");
      if (table.isEmpty()) {
        table.add(node);
      }
    }
  }

  /** Gives the shard as many backups as it should have, each in one step with all there is. */
  void addBackup() {
    SimulatedNode owner = owner();
    if (owner == null || !owner.isAlive() || table.size() > backupCount) {
      return;
    }
    living().stream()
        .filter(node -> !table.contains(node))
        .findFirst()
        .ifPresent(node -> {
          node.forget();
          copy(owner, node);
          table.add(node);
        });
  }

  /** Makes another node the owner, in one step with all there is. */
  void migrate() {
    SimulatedNode owner = owner();
    Optional<SimulatedNode> chosen = someNode();
    if (owner != null && owner.isAlive() && chosen.isPresent() && chosen.get() != owner) {
      SimulatedNode next = chosen.get();
      next.forget();
      copy(owner, next);
      if (table.remove(next)) {
        table.addFirst(next);
      } else {
        table.set(0, next);
        owner.forget();
      }
      world.scheduler().note(next.number, () -> "the shard moves; " + tableText());
    }
  }

  /** Has a replica that lags copied, once somebody gets to it. */
  void copyAnew(SimulatedNode backup) {
    world
        .scheduler()
        .after(
            world.scheduler().draw(1, 500),
            () -> {
              SimulatedNode owner = owner();
              if (owner != null && backup.isAlive() && backups().contains(backup)) {
                copy(owner, backup);
              }
            });
  }

  private static void copy(SimulatedNode from, SimulatedNode to) {
    Replica replica = from.replica();
    if (replica != null) {
      to.copyFrom(replica);
    }
  }

  // ---- the end

  void heal() {
    healed = true;
    database.setAway(false);
  }

  boolean isHealed() {
    return healed;
  }
}
