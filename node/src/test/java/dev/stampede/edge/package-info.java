/** What stands before the nodes, with a real nginx where one is installed. */
@NullMarked
package dev.stampede.edge;

import org.jspecify.annotations.NullMarked;
