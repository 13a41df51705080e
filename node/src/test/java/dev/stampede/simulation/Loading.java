package dev.stampede.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A node's part in loadings, after {@code InstallShard}, {@code CheckLoading}, {@code ProveShard}.
 */
final class Loading {

  private final World world;
  private final Cluster cluster;
  private final SimulatedNode node;

  Loading(World world, Cluster cluster, SimulatedNode node) {
    this.world = world;
    this.cluster = cluster;
    this.node = node;
  }

  /**
   * As owner, puts it there.
   *
   * @param answer gets whether it did
   */
  void install(SimulatedNode caller, Replica loaded, Consumer<Boolean> answer) {
    if (isOwner()) {
      boolean isPut = put(loaded);
      replicate(caller, backup -> backup.put(loaded), () -> answer.accept(isPut));
    }
  }

  private boolean put(Replica loaded) {
    int epoch = loaded.shard().head().epoch();
    world.scheduler().note(epoch, () -> "node %d gets epoch %d".formatted(node.number, epoch));
    Optional<Replica> present = replica();
    if (present.filter(it -> !it.shard().yieldsTo(loaded.shard().snapshot())).isPresent()) {
      present.get().shard().adoptEpoch(epoch);
      return false;
    }
    Replica copy = loaded.copy();
    if (!world.has(Mechanism.LOADINGS_ARE_PROVEN)) {
      copy.shard().prove(epoch);
    }
    node.put(copy);
    return true;
  }

  /**
   * As owner, asks all backups.
   *
   * @param answer gets whether it is here, and acknowledged by all backups
   */
  void check(SimulatedNode caller, int epoch, Consumer<Boolean> answer) {
    if (isOwner()) {
      boolean isThere = has(epoch) && !cluster.lacksBackups(node.side());
      node.replicate(
          caller,
          isThere ? node.side().reachableBackups() : List.of(),
          backup -> backup.loading.has(epoch),
          () -> answer.accept(isThere));
    }
  }

  private boolean has(int epoch) {
    return replica().filter(it -> it.shard().awaitsProof(epoch)).isPresent();
  }

  /** As owner, puts it to work. */
  void prove(SimulatedNode caller, int epoch, Runnable answer) {
    if (isOwner()) {
      prove(epoch);
      replicate(caller, backup -> backup.prove(epoch), answer);
    }
  }

  private void prove(int epoch) {
    world.scheduler().note(epoch, () -> "node %d proves epoch %d".formatted(node.number, epoch));
    replica().ifPresent(it -> it.shard().prove(epoch));
  }

  private boolean isOwner() {
    return node.isAlive() && node.side().owner() == node && cluster.hasQuorum(node.side());
  }

  private Optional<Replica> replica() {
    return Optional.ofNullable(node.replica());
  }

  private void replicate(SimulatedNode caller, Consumer<Loading> onBackup, Runnable answer) {
    node.replicate(
        caller,
        node.side().reachableBackups(),
        backup -> {
          onBackup.accept(backup.loading);
          return true;
        },
        answer);
  }
}
