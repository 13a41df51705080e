package dev.stampede.config;

/**
 * How the shards of a map are written behind.
 *
 * @param delaySeconds how long a change waits for others to be written with, 1 to {@value
 *     #MAX_DELAY_SECONDS}; never 0, with which the database would be asked on the thread that sells
 * @param batch how many shards go into one call to the store, 1 to 10,000
 */
public record StoreSettings(int delaySeconds, int batch) {

  /**
   * A node that leaves waits ten seconds for the database. A change that was not confirmed when its
   * shard was written waits for two delays and a second.
   */
  public static final int MAX_DELAY_SECONDS = 3;
}
