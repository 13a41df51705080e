package dev.stampede.load.verdict;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the servers say. They need not stand still for it: every part is of one change of its shard,
 * and is compared with what the other side has for that change.
 *
 * @param before the audit before the first buyer came
 * @param asked the audit that is judged: the first after the last buyer was told, or after the last
 *     hold ended; every order that a buyer was told about is in it
 * @param after the last audit, which shows whether the database reached the changes of {@code
 *     asked}
 * @param complete whether the database was asked; without it only the grid is judged
 * @param stored the database's sales, by id
 * @param earlier ids of orders that the run's buyers had before it began
 * @param sampled states that single orders were seen in, by order id; {@link #NOT_FOUND} if none
 */
public record ServerPicture(
    Audit before,
    Audit asked,
    Audit after,
    boolean complete,
    Map<String, StoredSale> stored,
    Set<String> earlier,
    Map<String, String> sampled) {
  public static final String NOT_FOUND = "not found";

  Optional<StoredSale> storedSale(String sale) {
    return Optional.ofNullable(stored.get(sale));
  }

  List<ServerOrder> ordersOf(String sale) {
    return storedSale(sale).map(StoredSale::orders).orElse(List.of());
  }
}
