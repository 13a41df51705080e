/**
 * The whole: {@link dev.stampede.Node} wires the parts of one node, {@link dev.stampede.Stampede}
 * is the command line. Imports everything; nobody but {@code cli} imports it.
 */
@NullMarked
package dev.stampede;

import org.jspecify.annotations.NullMarked;
