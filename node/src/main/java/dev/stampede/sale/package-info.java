/**
 * What is offered, and on which terms: immutable records without behaviour beyond their own rules.
 *
 * <p>No threads. Imports {@code java.*} only.
 */
@NullMarked
package dev.stampede.sale;

import org.jspecify.annotations.NullMarked;
