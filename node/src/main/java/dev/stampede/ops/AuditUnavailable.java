package dev.stampede.ops;

/** An audit could not be made at all: a shard gave no answer. */
public final class AuditUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With one line that says which shard and why. */
  public AuditUnavailable(String message) {
    super(message);
  }
}
