/**
 * Persistence against a real MariaDB: {@code TestDatabase} starts one server per JVM, {@code
 * TestTables} has the schema in place.
 */
@NullMarked
package dev.stampede.persistence;

import org.jspecify.annotations.NullMarked;
