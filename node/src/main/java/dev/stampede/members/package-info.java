/** What the members of the grid tell one another of themselves. */
@NullMarked
package dev.stampede.members;

import org.jspecify.annotations.NullMarked;
