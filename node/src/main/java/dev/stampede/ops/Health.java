package dev.stampede.ops;

import java.util.Locale;
import java.util.Optional;

/**
 * How a node stands, as a load balancer and an operator want to know it.
 *
 * <p>The database is not part of it: purchases go on without.
 *
 * @param started whether everything is wired and the shards of open sales are loaded
 * @param draining whether it is leaving
 * @param members the nodes of the grid that this one sees, itself included
 * @param quorum the fewest with which purchases go on
 * @param safe whether every shard has all its backups at this moment
 * @param clockFault why its clock is not trusted, one clause for people; empty if it is
 */
public record Health(
    boolean started,
    boolean draining,
    int members,
    int quorum,
    boolean safe,
    Optional<String> clockFault) {

  /** Whether it should get requests. Not being safe is no reason: a node that joins ends that. */
  public boolean ready() {
    return status() == Status.READY;
  }

  /** The one word for it. */
  public Status status() {
    if (draining) {
      return Status.DRAINING;
    }
    if (!started) {
      return Status.STARTING;
    }
    if (members < quorum) {
      return Status.NO_QUORUM;
    }
    return clockFault.isPresent() ? Status.CLOCK_WRONG : Status.READY;
  }

  /** What a node is doing. */
  public enum Status {
    /** Not everything is there yet. */
    STARTING,
    /** It serves. */
    READY,
    /** It sees too few of the others to sell. */
    NO_QUORUM,
    /** Its clock is too far off the majority's: it decides nothing until that is over. */
    CLOCK_WRONG,
    /** It finishes what it has begun and takes nothing new. */
    DRAINING
  }

  /** Why the node is not ready, for people; empty if it is. */
  public String reason() {
    return switch (status()) {
      case READY -> "";
      case CLOCK_WRONG -> "this node decides nothing: " + clockFault.orElse("");
      case STARTING, DRAINING, NO_QUORUM ->
          "this node is " + status().name().toLowerCase(Locale.ROOT);
    };
  }
}
