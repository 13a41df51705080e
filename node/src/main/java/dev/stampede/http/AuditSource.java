package dev.stampede.http;

/** Compares grid and database. Any thread may ask; blocks on both. */
@FunctionalInterface
public interface AuditSource {

  /** The result of a new comparison: a record that Jackson writes as the API document says. */
  Object audit();
}
