package dev.stampede.simulation;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One node at a time that the others lose though it lives: it is cut off, or it hangs. It keeps the
 * picture that it had, of a grid in which it may be the owner, until it notices; they notice at
 * another time, strike it and go on. When the two can talk again they find out, and the smaller
 * side drops what it has and joins the other.
 */
final class Parting {

  private static final int MOST_MILLIS_TO_COPY = 500;
  private static final int MOST_MILLIS_TO_COUNT = 20;
  private static final int MOST_MILLIS_TO_REPAIR = 50;
  private static final int MOST_MILLIS_APART = 3_000;
  private static final int MOST_MILLIS_UNAWARE = 3_000;

  private final World world;
  private final Cluster cluster;
  private Side main;
  private @Nullable Side apart;
  private @Nullable SimulatedNode hanging;
  private boolean noticed;
  private boolean mended = true;
  private boolean everWas;

  Parting(World world, Cluster cluster, Side all) {
    this.world = world;
    this.cluster = cluster;
    this.main = all;
  }

  Side main() {
    return main;
  }

  /** Whether a node is away and that is not known to all, so that no replica moves. */
  boolean isUnderWay() {
    return hanging != null || (apart != null && !noticed);
  }

  /** Whether there may have been two histories at a time, of which the database took one. */
  boolean everWas() {
    return everWas;
  }

  Side sideOf(int number) {
    return apart != null && world.network().isCutOff(number) ? apart : main;
  }

  /** Takes a node in that starts; then its own death is known, if it was not yet. */
  void start(SimulatedNode node) {
    Side side = node.side();
    side.members().stream()
        .filter(member -> member.number == node.number)
        .toList()
        .forEach(dead -> strike(side, dead));
    side.join(node);
  }

  /** Cuts a node off from all others, but not from the database and those who ask. */
  void cut(SimulatedNode node) {
    if (part(node, () -> "node " + node.number + " is cut off")) {
      world.network().cut(node.number);
      Side alone = node.side();
      world.scheduler().after(ignorance(), () -> noticeCut(alone));
    }
  }

  /** Has a node do nothing for a while: whatever comes to it waits. */
  void pause(SimulatedNode node) {
    if (part(node, () -> "node " + node.number + " hangs")) {
      node.thread.hang();
      hanging = node;
    }
  }

  /** Milliseconds for which a node that was struck goes on unaware. */
  private long ignorance() {
    return world.scheduler().draw(1, MOST_MILLIS_UNAWARE);
  }

  private boolean part(SimulatedNode node, Supplier<String> what) {
    if (apart != null || !node.isAwake() || cluster.isHealed() || cluster.isAlone()) {
      return false;
    }
    world.scheduler().note(node.number, what);
    Side alone = main.copy();
    apart = alone;
    noticed = false;
    mended = false;
    everWas = true;
    node.moveTo(alone);
    world.scheduler().after(cluster.detection(), () -> noticeGone(alone));
    world.scheduler().after(world.scheduler().draw(50, MOST_MILLIS_APART), () -> mend(alone));
    return true;
  }

  /** The others notice that those on the other side are gone. */
  private void noticeGone(Side gone) {
    if (apart == gone && !mended) {
      noticed = true;
      strikeAbsent(main);
    }
  }

  /** Those who were cut off notice. */
  private void noticeCut(Side alone) {
    if (apart != alone || mended) {
      return;
    }
    noticed = true;
    absent(alone)
        .forEach(node -> world.scheduler().after(cluster.detection(), () -> miss(alone, node)));
  }

  /**
   * A node that is apart misses another. Only a master removes members, the one that has been there
   * longest. Who becomes it asks all others for their members, and removes those that do not answer
   * ({@code MembershipManager.decideNewMembersView}).
   */
  private void miss(Side alone, SimulatedNode gone) {
    if (apart != alone || !alone.members().contains(gone)) {
      return;
    }
    noticed = true;
    SimulatedNode master = alone.members().getFirst();
    if (alone.present().contains(master)) {
      strike(alone, gone);
    } else if (gone == master) {
      strikeAbsent(alone);
    }
  }

  /** A member that is not there is removed at this very moment, as likely as at any other. */
  void missSomebodyNow(Side side) {
    if (side != main) {
      absent(side).stream().findFirst().ifPresent(gone -> miss(side, gone));
    } else if (apart == null || noticed) {
      absent(side).stream().findFirst().ifPresent(gone -> strike(side, gone));
    }
  }

  private void strikeAbsent(Side side) {
    absent(side).forEach(node -> strike(side, node));
  }

  private static List<SimulatedNode> absent(Side side) {
    return side.members().stream().filter(node -> !node.isAlive() || node.side() != side).toList();
  }

  /** A death is noticed. */
  void noticeGone(SimulatedNode dead) {
    strike(main, dead);
    Side alone = apart;
    if (alone == null) {
      return;
    }
    if (hanging == null) {
      miss(alone, dead);
    } else {
      hanging.thread.run(() -> miss(alone, dead));
    }
  }

  /** Removes a member; the quorum counts anew and the table is repaired a little later. */
  private void strike(Side side, SimulatedNode gone) {
    if (side.members().contains(gone)) {
      side.remove(gone);
      world.scheduler().note(gone.number, () -> "node " + gone.number + " is missed; " + side);
      world.scheduler().after(world.scheduler().draw(1, MOST_MILLIS_TO_COUNT), side::count);
      world.scheduler().after(world.scheduler().draw(1, MOST_MILLIS_TO_REPAIR), () -> repair(side));
    }
  }

  private void repair(Side side) {
    if (side != main && side != apart) {
      return;
    }
    boolean last = side.repair();
    world.scheduler().note(last ? 1 : 0, () -> "the table is repaired; " + side);
    if (last && side == main) {
      cluster.lost();
    }
    if (side == main) {
      world.scheduler().after(world.scheduler().draw(1, MOST_MILLIS_TO_COPY), cluster::addBackup);
    }
  }

  private void mend(Side alone) {
    if (apart == alone) {
      mend();
    }
  }

  /** The cut is mended, or the node wakes: soon everybody knows. */
  void mend() {
    if (apart == null || mended) {
      return;
    }
    mended = true;
    world.scheduler().note(1, () -> "who was away is back");
    world.network().mend();
    if (hanging != null) {
      hanging.thread.wake();
      hanging = null;
    }
    if (noticed) {
      world.scheduler().after(ignorance(), this::merge);
    } else {
      join(main, apart, false);
    }
  }

  /**
   * The smaller side drops what it has. The grid takes the number of nodes for the size, which is
   * not yet right where the larger side has gone on and then lost nodes: see the package.
   */
  private void merge() {
    Side alone = apart;
    if (alone == null) {
      return;
    }
    strikeAbsent(main);
    strikeAbsent(alone);
    int difference = main.present().size() - alone.present().size();
    if (!world.has(Mechanism.MERGE_DROPS_THE_SMALLER_SIDE)) {
      joinEither(alone);
    } else if (difference > 0 || alone.present().isEmpty()) {
      join(main, alone, true);
    } else if (difference == 0 && isTieHarmless()) {
      joinEither(alone);
    } else if (difference < 0 && !world.has(Mechanism.WHO_WENT_ON_IS_LARGER)) {
      join(alone, main, true);
    } else {
      world.scheduler().after(cluster.detection(), this::merge);
    }
  }

  /** With two nodes, neither can have gone on alone. */
  private boolean isTieHarmless() {
    return cluster.nodes().size() == 2 || !world.has(Mechanism.WHO_WENT_ON_IS_LARGER);
  }

  private void joinEither(Side alone) {
    if (world.scheduler().chance(50)) {
      join(main, alone, true);
    } else {
      join(alone, main, true);
    }
  }

  private void join(Side stays, Side goes, boolean drops) {
    world.scheduler().note(2, () -> goes + " joins " + stays);
    Side before = main;
    List<SimulatedNode> joining = goes.present();
    main = stays;
    apart = null;
    mended = true;
    for (SimulatedNode node : joining) {
      node.moveTo(stays);
      if (drops) {
        strike(stays, node);
        node.lane.reset();
      }
      if (!stays.members().contains(node)) {
        repair(stays); // it comes back as another member, though as the same object here
        node.forget();
        stays.join(node);
      }
    }
    if (stays != before && cluster.ownersReplica().isEmpty()) {
      cluster.lost();
    }
  }
}
