package dev.stampede.simulation;

/** What the core's promises rest on, each to be switched off to see that the simulation notices. */
enum Mechanism {
  /** A call has come back only when every backup has acknowledged. */
  ANSWER_WAITS_FOR_BACKUPS,
  /** A batch that is repeated or changes nothing sends what is not confirmed once more. */
  REPEATS_CARRY_UNCONFIRMED,
  /** A lane repeats what is unknown, and never calls it undone. */
  UNKNOWN_IS_REPEATED,
  /** What a lane has called undone does not go out with its next call. */
  GIVEN_UP_IS_NOT_SENT,
  /** What the grid says it has refused, it has not carried out, and will not. */
  REFUSED_IS_NOT_DONE,
  /** When a cut heals, the larger side stays, and the others drop what they have. */
  MERGE_DROPS_THE_SMALLER_SIDE,
  /** Assumed: those who went on are the larger side still when it heals. */
  WHO_WENT_ON_IS_LARGER,
  /**
   * Where a shard lacks a backup, nothing is done: a node that is cut off misses one after the
   * other, and may count a majority when its backup has gone.
   */
  WITHOUT_BACKUPS_NOTHING_IS_DONE,
  /** A backup counts while it is a member, not while the table names it. */
  BACKUPS_ARE_MEMBERS,
  /** The same once more when a call has come back: a backup may have left while it ran. */
  BACKUPS_ARE_CHECKED_AGAIN,
  /** A backup sends no acknowledgement for a change that does not follow its state. */
  GAPS_ARE_REFUSED,
  /** A backup has what it passes over: the owner's change, not another of the same number. */
  PASSED_OVER_IS_COMPARED,
  /** Only what the backups have is written to the database. */
  ONLY_CONFIRMED_IS_STORED,
  /** The database takes no change that does not follow what it has, by number and hash. */
  FORKS_ARE_REFUSED,
  /** The database takes nothing from before the newest loading. */
  DATABASE_COMPARES_EPOCHS,
  /** A shard of an older loading than the database knows of is loaded once more. */
  OUTDATED_IS_LOADED_AGAIN,
  /** What a payment came to is told once the database has it. */
  PAYMENTS_WAIT_FOR_THE_DATABASE,
  /** A payment is answered with "unknown order" once the backups have acknowledged their owner. */
  DENIED_PAYMENTS_ASK_BACKUPS,
  /** The database takes nothing from a side that was at work before the one that is. */
  DATABASE_KNOWS_WHO_IS_AT_WORK,
  /** The database notes a loading as at work when the owner and all backups have it. */
  LOADINGS_ARE_ON_ALL_REPLICAS,
  /** What was read from the database is put to work only where nobody has read it since. */
  LOADINGS_ARE_PROVEN,
  /** The same key of the same buyer names the same order. */
  ORDER_KEYS_ARE_COMPUTED,
  /** A buyer with as many unpaid orders as one may have gets no other. */
  OPEN_ORDERS_ARE_BOUNDED
}
