package dev.stampede.hotspot.pipeline;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was in all the files.
 *
 * @param lines all lines
 * @param malformed those that are not in the combined format
 * @param firstMalformed the first of them, {@code FILE:LINE}; null where there is none
 * @param accesses reads and purchases of all sales
 * @param uncounted those of them whose sale came when there were too many to count it
 * @param sales how many different sales were counted
 * @param hottest the most wanted sales, the hottest first
 */
public record ScanTotals(
    long lines,
    long malformed,
    @Nullable String firstMalformed,
    long accesses,
    long uncounted,
    int sales,
    List<SaleCount> hottest)
    implements Serializable {

  private static final long serialVersionUID = 1L;
}
