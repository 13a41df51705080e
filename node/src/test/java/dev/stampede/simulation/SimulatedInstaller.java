package dev.stampede.simulation;

import dev.stampede.stock.ShardCommand;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Brings the shard from the database into the grid for a lane, after {@code ShardInstaller}. */
final class SimulatedInstaller {

  private static final int OLD_TABLE_PERCENT = 30;
  private static final int SLOW_LOAD_MILLIS = 6_000;
  private static final int MOST_CHECKS = 3;
  private static final int CHECK_MILLIS = 300;

  private final World world;
  private final Cluster cluster;
  private final SimulatedNode node;
  private final SimulatedLane lane;

  SimulatedInstaller(World world, Cluster cluster, SimulatedNode node, SimulatedLane lane) {
    this.world = world;
    this.cluster = cluster;
    this.node = node;
    this.lane = lane;
  }

  void begin(Call call) {
    node.thread.after(world.scheduler().draw(1, 100), () -> load(call));
  }

  /** After {@code ShardInstaller}, which goes on when its lane has given up. */
  private void load(Call call) {
    if (lane.isWaitingFor(call) && !isOwner()) {
      lane.installed(call); // its owner sees to it
    } else if (lane.isWaitingFor(call) && cluster.hasQuorum(node.side())) {
      boolean wasOpened = node.side().wasOpened();
      cluster
          .database()
          .load()
          .map(read -> wasOpened ? frozen(read) : read)
          .ifPresentOrElse(read -> slowly(() -> install(read, call)), () -> lane.installed(call));
    }
  }

  /** Whether the node takes itself for the owner, perhaps by an old table. */
  private boolean isOwner() {
    return node.side().owner() == node || world.scheduler().chance(OLD_TABLE_PERCENT);
  }

  private Replica frozen(Replica read) {
    read.shard()
        .decide(List.of(new ShardCommand.Freeze(true)), world.scheduler().now(), world.bounds())
        .change()
        .ifPresent(read::apply);
    return read;
  }

  private void install(Replica read, Call call) {
    int loading = read.shard().head().epoch();
    Consumer<Boolean> put =
        isPut -> {
          if (isPut) {
            slowly(() -> check(loading, call, MOST_CHECKS));
          } else {
            lane.installed(call);
          }
        };
    cluster.toOwner(node, owner -> owner.loading.install(node, read, put));
  }

  /** After {@code CheckLoading}: asks all replicas, and once more when they do not answer. */
  private void check(int loading, Call call, int tries) {
    if (!world.has(Mechanism.LOADINGS_ARE_ON_ALL_REPLICAS)) {
      putToWork(loading, call);
    } else if (tries == 0) {
      lane.installed(call);
    } else {
      AtomicBoolean over = new AtomicBoolean();
      node.thread.after(CHECK_MILLIS, () -> once(over, () -> check(loading, call, tries - 1)));
      cluster.toOwner(
          node,
          owner ->
              owner.loading.check(
                  node, loading, isThere -> once(over, () -> checked(isThere, loading, call))));
    }
  }

  /** An answer, or the end of the time for it, whichever comes first. */
  private static void once(AtomicBoolean over, Runnable action) {
    if (!over.getAndSet(true)) {
      action.run();
    }
  }

  private void checked(boolean isThere, int loading, Call call) {
    if (isThere && !cluster.lacksBackups(node.side())) {
      slowly(() -> putToWork(loading, call));
    } else {
      lane.installed(call);
    }
  }

  private void putToWork(int loading, Call call) {
    if (!lane.isDead() && cluster.database().putToWork(loading)) {
      slowly(() ->
          cluster.toOwner(node, owner -> owner.loading.prove(node, loading, () -> opened(call))));
    } else {
      lane.installed(call);
    }
  }

  private void opened(Call call) {
    if (!lane.isDead()) {
      node.side().noteOpened();
      lane.installed(call);
    }
  }

  /** A step that may take long; what a node has sent may arrive after its death. */
  private void slowly(Runnable step) {
    int millis = world.scheduler().chance(10) ? SLOW_LOAD_MILLIS : 20;
    node.thread.after(world.scheduler().draw(1, millis), step);
  }
}
