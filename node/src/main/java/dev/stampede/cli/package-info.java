/**
 * The command line: what a person starts, and what starts the processes of a cluster on one
 * machine. Everything printed for people is printed here.
 *
 * <p>Each command runs on the main thread; a shutdown hook ends what it started. May import
 * everything.
 */
@NullMarked
package dev.stampede.cli;

import org.jspecify.annotations.NullMarked;
