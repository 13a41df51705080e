/**
 * What can be configured: immutable records, read once at start from YAML, environment and flags.
 *
 * <p>No threads. Imports {@code java.*}, {@code routing} and Jackson.
 */
@NullMarked
package dev.stampede.config;

import org.jspecify.annotations.NullMarked;
