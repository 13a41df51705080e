package dev.stampede.grid;

import java.util.Set;

/** Which sales are hot, as far as this node knows. Asked on every read: never blocks. */
public interface HotSales {

  /** None ever is. */
  HotSales NONE =
      new HotSales() {
        @Override
        public boolean isHot(String sale) {
          return false;
        }

        @Override
        public Set<String> all() {
          return Set.of();
        }
      };

  /** Whether this one is. */
  boolean isHot(String sale);

  /** All that are; a copy. */
  Set<String> all();
}
