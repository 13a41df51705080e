package dev.stampede.config;

import java.time.Duration;

/**
 * How the payment provider is answered.
 *
 * @param durableWithin how long a notification may wait until its payment is in the database, 100
 *     ms to 30 s; less than the provider waits
 */
public record PaymentSettings(Duration durableWithin) {}
