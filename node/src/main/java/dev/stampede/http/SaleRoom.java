package dev.stampede.http;

import java.util.Optional;

/** Whether the nodes have memory for more units on sale. Any thread may ask. */
@FunctionalInterface
public interface SaleRoom {

  /** Why they have none, one sentence with figures; empty where they have. */
  Optional<String> refusal(long units);
}
