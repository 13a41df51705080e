/**
 * What the world sees of a node: HTTP in, {@code Reply} out.
 *
 * <pre>
 *   Jetty ──▶ Front ──▶ Purchases, StockReads      never block, run on Jetty's selector threads
 *               └─────▶ Javalin ──▶ Routes ──▶ …   may block, a virtual thread each
 *   Outcome ──▶ OutcomeReplies ──▶ Reply: Answer | Problem ──▶ bytes
 * </pre>
 *
 * <p>Every refusal is a {@code ProblemType}, whoever notices it: handlers, Javalin or Jetty itself.
 * Javalin and Jetty are known here only. Imports the domain, {@code routing}, {@code security},
 * {@code config} and {@code ops}; what else it needs are the ports in {@link
 * dev.stampede.http.HttpParts}.
 */
@NullMarked
package dev.stampede.http;

import org.jspecify.annotations.NullMarked;
