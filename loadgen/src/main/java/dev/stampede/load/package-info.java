/**
 * The load tool: its command line and the course of a run. The main thread paces the arrivals and
 * waits; a second one shows progress; everything else happens on the loop of {@code http}. Speaks
 * HTTP only and shares no code with the servers. May import all packages below it and picocli.
 */
@NullMarked
package dev.stampede.load;

import org.jspecify.annotations.NullMarked;
