package dev.stampede.simulation;

import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody outside, who repeats a request that got no answer, through any node, until it has one.
 */
abstract class Caller {

  private static final int PAUSE_MILLIS = 700;

  final World world;
  private final Cluster cluster;
  private @Nullable ShardCommand asked;
  private boolean unknown;
  private boolean over;

  Caller(World world, Cluster cluster) {
    this.world = world;
    this.cluster = cluster;
    pause();
  }

  /** What to ask next. */
  abstract ShardCommand next();

  /** A repeat of what was asked: the same, as long as keys are computed. */
  abstract ShardCommand again(ShardCommand asked);

  /** The answer. */
  abstract void told(ShardCommand asked, Outcome outcome);

  /** Starts nothing new. */
  void end() {
    over = true;
  }

  boolean isWaiting() {
    return asked != null;
  }

  private void pause() {
    world.scheduler().after(world.scheduler().draw(1, PAUSE_MILLIS), this::act);
  }

  private void act() {
    Optional<SimulatedNode> node = cluster.someNode();
    if (node.isEmpty()) {
      pause();
    } else if (asked != null) {
      ask(node.get(), again(asked));
    } else if (!over) {
      unknown = false;
      ask(node.get(), next());
    }
  }

  private void ask(SimulatedNode node, ShardCommand command) {
    asked = command;
    node.lane.submit(command, outcome -> answered(command, outcome));
  }

  private void answered(ShardCommand command, Outcome outcome) {
    world.scheduler().note(1, () -> this + " asked " + command + " and is told " + outcome);
    boolean unanswered = outcome instanceof Outcome.Unanswered;
    unknown |= outcome.equals(new Outcome.Unanswered(Outcome.Why.UNKNOWN));
    if (!unanswered || !unknown) {
      asked = null;
      told(command, outcome);
    }
    pause();
  }
}
