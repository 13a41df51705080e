package dev.stampede.config;

import java.time.Duration;

/**
 * What clients may take of a node.
 *
 * @param requestDeadline how long a request may arrive, from its first byte to its last, 1 to 60 s;
 *     and how long an answer may wait for its client, which gets more time by taking some of it
 * @param maxConnections how many connections there may be at a time; {@link #AS_POSSIBLE} for as
 *     many as there are file descriptors for
 * @param maxStreamsPerNetwork how many streams of events one network may have, 1 to {@value
 *     #MAX_STREAMS}
 */
public record HttpLimits(Duration requestDeadline, int maxConnections, int maxStreamsPerNetwork) {

  /** Stands for as many connections as there are file descriptors for. */
  public static final int AS_POSSIBLE = 0;

  /** How many streams of events a node has at most. */
  public static final int MAX_STREAMS = 1_000;

  static final int MAX_CONNECTIONS = 1_000_000;

  /**
   * File descriptors that are not for clients: 13 nodes, 64 connections to the database, Kafka,
   * jars and logs take 200; the health of a node that is full has to be asked, too.
   */
  static final int ROOM = 512;

  /** The limits of stampede.yaml. */
  public static final HttpLimits USUAL =
      new HttpLimits(Duration.ofSeconds(10), AS_POSSIBLE, MAX_STREAMS / 4);

  /**
   * How many connections there may be.
   *
   * @param descriptors how many file descriptors this process may have
   * @throws ConfigException where there are too few of them
   */
  public int connections(long descriptors) {
    long possible = Math.min(descriptors - ROOM, MAX_CONNECTIONS);
    if (possible < Math.max(1, maxConnections)) {
      throw new ConfigException(
          "%s: %d connections and %d files of the node itself need %d file descriptors, and this process may have %d: raise that (ulimit -n, LimitNOFILE)%s"
              .formatted(
                  Setting.HTTP_MAX_CONNECTIONS.key(),
                  Math.max(1, maxConnections),
                  ROOM,
                  Math.max(1, maxConnections) + ROOM,
                  descriptors,
                  possible < 1
                      ? ""
                      : ", or lower it to %d (%s)"
                          .formatted(possible, Setting.HTTP_MAX_CONNECTIONS.variable())));
    }
    return maxConnections == AS_POSSIBLE ? (int) possible : maxConnections;
  }
}
