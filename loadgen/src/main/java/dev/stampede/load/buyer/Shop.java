package dev.stampede.load.buyer;

import dev.stampede.load.http.Loop;
import dev.stampede.load.record.RunRecord;
import java.time.Duration;

/**
 * What all buyers of a run share.
 *
 * @param quantity units of each purchase
 * @param durable whether buyers wait until their order is in the database
 * @param think the longest pause between an order and its payment or cancellation
 */
public record Shop(
    Loop loop,
    Resolver resolver,
    RunRecord record,
    ShopCalls calls,
    Buyers buyers,
    int quantity,
    boolean durable,
    Duration think) {}
