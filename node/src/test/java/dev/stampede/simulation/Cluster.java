package dev.stampede.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The nodes: who starts and dies, and who is owner, who is backup, who succeeds whom. */
final class Cluster {

  private static final int MOST_MILLIS_TO_DETECT = 800;

  private final World world;
  private final SimulatedDatabase database;
  private final int backupCount;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final Parting parting;
  private int losses;
  private boolean healed;

  Cluster(World world, SimulatedDatabase database, int size, int backupCount) {
    this.world = world;
    this.database = database;
    this.backupCount = backupCount;
    Side all = new Side();
    this.parting = new Parting(world, this, all);
    for (int number = 0; number < size; number++) {
      SimulatedNode node = new SimulatedNode(number, world, this, all);
      nodes.add(node);
      all.members().add(node);
    }
    all.count();
    all.table().addAll(nodes.subList(0, 1 + backupCount));
  }

  SimulatedDatabase database() {
    return database;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  Parting parting() {
    return parting;
  }

  /** Those who go on where a node is cut off; all, mostly. */
  Side main() {
    return parting.main();
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

  /** What is worked on, if anything is. */
  Optional<Replica> ownersReplica() {
    return Optional.ofNullable(main().owner())
        .flatMap(node -> Optional.ofNullable(node.replica()))
        .filter(replica -> replica.shard().isProven());
  }

  /** How often no replica was left. */
  int losses() {
    return losses;
  }

  boolean hasQuorum(Side side) {
    return 2 * side.counted() > nodes.size();
  }

  /**
   * Whether a shard has fewer backups than it should have, after {@code Backups}: those that the
   * table names, and that are members.
   */
  boolean lacksBackups(Side side) {
    List<SimulatedNode> counted =
        world.has(Mechanism.BACKUPS_ARE_MEMBERS) ? side.reachableBackups() : side.backups();
    return counted.size() < backupCount && world.has(Mechanism.WITHOUT_BACKUPS_NOTHING_IS_DONE);
  }

  /** Whether there never are backups: then none lacks a change. */
  boolean isAlone() {
    return nodes.size() == 1;
  }

  /** Brings a message to whom its sender takes for the owner by now. */
  void toOwner(SimulatedNode from, Consumer<SimulatedNode> message) {
    toOwner(from, message, () -> {});
  }

  /** The same; where it takes no member for the owner, it tries again. */
  void toOwner(SimulatedNode from, Consumer<SimulatedNode> message, Runnable again) {
    SimulatedNode owner = from.side().owner();
    if (owner != null && from.side().members().contains(owner)) {
      world.network().arrive(from, owner, () -> message.accept(owner));
    } else {
      again.run();
    }
  }

  void tellStored(SimulatedNode from, int epoch, long seq) {
    for (SimulatedNode node : from.side().present()) {
      world.network().sendRepeatedly(from, node, () -> node.lane.stored(epoch, seq));
    }
  }

  // ---- what befalls nodes

  void kill(SimulatedNode node) {
    if (node.isAlive()) {
      world.scheduler().note(node.number, () -> "node " + node.number + " dies");
      node.die();
      world.scheduler().after(detection(), () -> parting.noticeGone(node));
    }
  }

  /** Milliseconds until others see that a node is not there. */
  long detection() {
    return world.scheduler().draw(1, MOST_MILLIS_TO_DETECT);
  }

  /** Notes that the last replica went, of those that go on. */
  void lost() {
    losses++;
    main().noteLosses(losses);
    world.promises().lost();
  }

  void restart(int number) {
    if (!nodes.get(number).isAlive()) {
      Side side = parting.sideOf(number);
      SimulatedNode node = new SimulatedNode(number, world, this, side);
      nodes.set(number, node);
      parting.start(node);
      world.scheduler().note(number, () -> "node " + number + " starts; " + side);
    }
  }

  /** Gives the shard as many backups as it should have, each in one step with all there is. */
  void addBackup() {
    if (parting.isUnderWay()) {
      return;
    }
    Side side = main();
    SimulatedNode owner = side.owner();
    if (owner == null
        || !owner.isAwake()
        || owner.side() != side
        || side.table().size() > backupCount) {
      return;
    }
    side.present().stream()
        .filter(node -> node.isAwake() && !side.table().contains(node))
        .findFirst()
        .ifPresent(node -> {
          node.forget();
          copy(owner, node);
          side.table().add(node);
        });
  }

  /** Makes another node the owner, in one step with all there is; the owner itself copies it. */
  void migrate() {
    Side side = main();
    SimulatedNode owner = side.owner();
    if (parting.isUnderWay() || owner == null || !owner.isAwake() || owner.side() != side) {
      return;
    }
    someNode()
        .filter(node -> node.isAwake() && node.side() == side && node != owner)
        .ifPresent(next -> migrate(side, owner, next));
  }

  private void migrate(Side side, SimulatedNode owner, SimulatedNode next) {
    next.forget();
    copy(owner, next);
    if (side.table().remove(next)) {
      side.table().addFirst(next);
    } else {
      side.table().set(0, next);
      owner.forget();
    }
    world.scheduler().note(next.number, () -> "the shard moves; " + side);
  }

  /** Has a replica that lags copied, once somebody gets to it. */
  void copyAnew(SimulatedNode backup) {
    world
        .scheduler()
        .after(
            world.scheduler().draw(1, 500),
            () -> {
              SimulatedNode owner = backup.side().owner();
              if (owner != null
                  && owner.side() == backup.side()
                  && owner.isAwake()
                  && backup.isAwake()
                  && backup.side().backups().contains(backup)) {
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
    parting.mend();
  }

  boolean isHealed() {
    return healed;
  }
}
