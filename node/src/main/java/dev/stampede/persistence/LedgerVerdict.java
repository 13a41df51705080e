package dev.stampede.persistence;

import dev.stampede.stock.LedgerFault;
import dev.stampede.stock.StockKey;
import java.util.Optional;

/**
 * What came of replaying a shard's ledger.
 *
 * @param key which shard
 * @param changes how many changes were replayed
 * @param orders how many orders they led to
 * @param setAside how many rows are dead letters in the place of their tables
 * @param fault the first that was found, if any
 */
public record LedgerVerdict(
    StockKey key, long changes, long orders, long setAside, Optional<LedgerFault> fault) {}
