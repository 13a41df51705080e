package dev.stampede.load.verdict;

import java.util.Objects;

/** An order as the database has it. */
public record ServerOrder(String id, String buyer, int quantity, String state) {
  public ServerOrder {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(buyer, "buyer");
    Objects.requireNonNull(state, "state");
  }
}
