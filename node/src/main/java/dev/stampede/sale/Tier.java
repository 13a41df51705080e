package dev.stampede.sale;

/** How far a sale is kept apart from the others. */
public enum Tier {

  /** Shares nodes and maps with the others, each within its share. */
  STANDARD,

  /** Has limits, maps and, where there are such nodes, nodes that the standard ones do not use. */
  DEDICATED
}
