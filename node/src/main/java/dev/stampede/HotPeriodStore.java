package dev.stampede;

import dev.stampede.grid.GridMember;
import dev.stampede.persistence.HotSpellTable;
import dev.stampede.sale.HotSpell;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Stores when sales were hot. */
final class HotPeriodStore {

  private HotPeriodStore() {}

  /** What is old in the history is deleted by this node's clock, so a wrong one stores nothing. */
  static Consumer<List<HotSpell>> of(GridMember grid, HotSpellTable table) {
    return spells -> {
      Optional<String> fault = grid.clock().fault();
      if (fault.isPresent()) {
        throw new IllegalStateException(fault.get());
      }
      table.store(spells);
    };
  }
}
