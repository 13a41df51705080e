/** A status text of each member of the grid, known to all members. */
@NullMarked
package dev.stampede.members;

import org.jspecify.annotations.NullMarked;
