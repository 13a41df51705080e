package dev.stampede.grid;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sales that are hot because a test says so. */
final class TestHeat implements HotSales {

  private final Set<String> hot = ConcurrentHashMap.newKeySet();

  void add(String sale) {
    hot.add(sale);
  }

  void remove(String sale) {
    hot.remove(sale);
  }

  @Override
  public boolean isHot(String sale) {
    return hot.contains(sale);
  }

  @Override
  public Set<String> all() {
    return Set.copyOf(hot);
  }
}
