package dev.stampede.persistence;

import dev.stampede.sale.SaleId;
import dev.stampede.stock.StockKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** When the newest stored change of each shard was decided. Any thread may ask. */
public final class ShardTimes {

  private static final String ALL = "SELECT sale, shard, at FROM shards";

  private final Database database;

  /** The shards of this database. */
  public ShardTimes(Database database) {
    this.database = database;
  }

  /**
   * The time of every shard; 1970 before its first change. Blocks.
   *
   * @throws DatabaseException if the database does not answer
   */
  public Map<StockKey, Instant> all() {
    return database.transaction(
        "reading the times of all shards",
        connection -> {
          Map<StockKey, Instant> times = new HashMap<>();
          try (PreparedStatement query = connection.prepareStatement(ALL);
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              times.put(
                  new StockKey(new SaleId(rows.getString("sale")), rows.getInt("shard")),
                  Instant.ofEpochMilli(rows.getLong("at")));
            }
          }
          return times;
        });
  }
}
