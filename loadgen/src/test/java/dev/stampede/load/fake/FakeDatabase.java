package dev.stampede.load.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The history of the fake shop's one shard, and how much of it is stored. For the threads that hold
 * the stock's lock.
 */
final class FakeDatabase {
  private static final int LATE = 5;
  private static final int FIRST_CHANGES = 20;

  private final Set<Fault> faults;
  private final Map<String, Object> begin;
  private final List<Change> changes = new ArrayList<>();

  private record Change(FakeOrder order, Map<String, Object> figures) {}

  FakeDatabase(Set<Fault> faults, Map<String, Object> begin) {
    this.faults = faults;
    this.begin = begin;
  }

  void change(FakeOrder order, Map<String, Object> figures) {
    changes.add(new Change(order, figures));
  }

  private int seq() {
    if (faults.contains(Fault.STOPS_STORING)) {
      return Math.min(FIRST_CHANGES, changes.size());
    }
    return Math.max(0, changes.size() - (faults.contains(Fault.NEVER_RESTS) ? LATE : 0));
  }

  List<FakeOrder> rows(long since) {
    Map<String, FakeOrder> rows = new LinkedHashMap<>();
    for (int change = (int) since; change < seq(); change++) {
      FakeOrder order = changes.get(change).order();
      rows.put(order.id(), order);
    }
    return List.copyOf(rows.values());
  }

  private Map<String, Object> figures(int seq) {
    return seq == 0 ? begin : changes.get(seq - 1).figures();
  }

  private static String chain(int seq) {
    return "%064x".formatted(seq);
  }

  Map<String, Object> stored() {
    return shard(seq(), figures(seq()));
  }

  @Nullable Map<String, Object> state(long seq) {
    if (seq < 1 || seq > seq()) {
      return null;
    }
    Map<String, Object> figures = new LinkedHashMap<>(figures((int) seq));
    if (faults.contains(Fault.STORES_OTHER_COUNTS)) {
      figures.merge("sold", 1, (sold, more) -> (int) sold + (int) more);
      figures.merge("available", 1, (left, less) -> (int) left - (int) less);
    }
    return shard((int) seq, figures);
  }

  private static Map<String, Object> shard(int seq, Map<String, Object> counts) {
    return Map.of("shard", 0, "seq", seq, "chain", chain(seq), "counts", counts);
  }

  Map<String, Object> audit() {
    return Map.of(
        "shard",
        0,
        "gridSeq",
        changes.size(),
        "gridChain",
        chain(changes.size()),
        "databaseSeq",
        seq(),
        "grid",
        figures(changes.size()),
        "database",
        figures(seq()));
  }
}
