/**
 * Rules about the code itself, run as tests: its form ({@code TidyTest}) and who may know whom
 * ({@code ArchitectureTest}).
 */
@NullMarked
package dev.stampede.build;

import org.jspecify.annotations.NullMarked;
