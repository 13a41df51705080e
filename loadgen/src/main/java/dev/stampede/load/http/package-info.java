/**
 * The HTTP client: keep-alive connections to several targets, all on one event loop.
 *
 * <p>Everything here but {@link dev.stampede.load.http.Loop} belongs to the loop's thread and is
 * touched by no other. May import Netty (the only package that does) and java.*.
 */
@NullMarked
package dev.stampede.load.http;

import org.jspecify.annotations.NullMarked;
