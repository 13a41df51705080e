package dev.stampede.persistence;

import dev.stampede.sale.HotSpell;
import dev.stampede.sale.SaleId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When sales were hot. Any thread may call; each call blocks. */
public final class HotSpellTable {

  /** How many spells are kept: the newest. */
  static final int MOST = 100_000;

  /** For how long. */
  static final Duration AGE = Duration.ofDays(400);

  /** How many old ones go at a time: more than come. */
  private static final int STEP = 2_000;

  private static final String INSERT =
      """
      INSERT INTO hot_spell (sale, since, until, peak_rate, peak_purchase_rate, sources)
        VALUES (?, ?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE
          until = GREATEST(until, VALUES(until)),
          peak_rate = GREATEST(peak_rate, VALUES(peak_rate)),
          peak_purchase_rate = GREATEST(peak_purchase_rate, VALUES(peak_purchase_rate)),
          sources = sources | VALUES(sources)
      """;

  private final Database database;
  private final int most;

  /** The table in this database. */
  public HotSpellTable(Database database) {
    this(database, MOST);
  }

  HotSpellTable(Database database, int most) {
    this.database = database;
    this.most = most;
  }

  /**
   * Stores spells, and deletes some of the oldest where there are too many. A spell of a sale that
   * is there with the same beginning becomes the longer and hotter of both.
   *
   * @throws DatabaseException where the database does not answer: repeat the call
   */
  public void store(List<HotSpell> spells) {
    int _ = database.transaction("storing spells of hot sales", it -> insert(it, spells));
    int _ = database.transaction("deleting old spells of hot sales", this::trim);
  }

  private static int insert(Connection connection, List<HotSpell> spells) throws SQLException {
    try (PreparedStatement row = connection.prepareStatement(INSERT)) {
      // In one order: two nodes would each wait for a row of the other's otherwise.
      for (HotSpell spell : spells.stream().sorted(BY_KEY).toList()) {
        row.setString(1, spell.sale().value());
        row.setLong(2, spell.since().toEpochMilli());
        row.setLong(3, spell.until().toEpochMilli());
        row.setDouble(4, spell.peakRate());
        row.setDouble(5, spell.peakPurchaseRate());
        row.setString(6, String.join(",", spell.sources()));
        row.addBatch();
      }
      return row.executeBatch().length;
    }
  }

  private static final Comparator<HotSpell> BY_KEY =
      Comparator.comparing(HotSpell::sale).thenComparing(HotSpell::since);

  private int trim(Connection connection) throws SQLException {
    String sql = "DELETE FROM hot_spell WHERE since < ? ORDER BY since LIMIT " + STEP;
    long oldest = Math.max(oldest(connection), Instant.now().minus(AGE).toEpochMilli());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, oldest);
      return statement.executeUpdate();
    }
  }

  /** When the last one began for which there is room. */
  private long oldest(Connection connection) throws SQLException {
    String sql = "SELECT since FROM hot_spell ORDER BY since DESC LIMIT 1 OFFSET ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, most - 1);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /**
   * The newest spells first.
   *
   * @param sale of which sale; empty for all
   * @param limit how many at most, 1 or more
   * @param after the place of the last one of the page before; empty for the first page
   * @throws DatabaseException where the database does not answer
   */
  public List<HotSpell> page(Optional<SaleId> sale, int limit, Optional<HotSpell.Place> after) {
    return database.transaction(
        "reading spells of hot sales", connection -> page(connection, sale, limit, after));
  }

  private static List<HotSpell> page(
      Connection connection, Optional<SaleId> sale, int limit, Optional<HotSpell.Place> after)
      throws SQLException {
    String sql =
        "SELECT * FROM hot_spell WHERE since <= ? AND (since < ? OR sale < ?)"
            + (sale.isPresent() ? " AND sale = ?" : "")
            + " ORDER BY since DESC, sale DESC LIMIT "
            + limit;
    long since = after.map(place -> place.since().toEpochMilli()).orElse(Long.MAX_VALUE);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, since);
      statement.setLong(2, since);
      statement.setString(3, after.map(place -> place.sale().value()).orElse(""));
      if (sale.isPresent()) {
        statement.setString(4, sale.get().value());
      }
      try (ResultSet rows = statement.executeQuery()) {
        return read(rows);
      }
    }
  }

  private static List<HotSpell> read(ResultSet rows) throws SQLException {
    List<HotSpell> spells = new ArrayList<>();
    while (rows.next()) {
      spells.add(
          new HotSpell(
              new SaleId(rows.getString("sale")),
              Instant.ofEpochMilli(rows.getLong("since")),
              Instant.ofEpochMilli(rows.getLong("until")),
              rows.getDouble("peak_rate"),
              rows.getDouble("peak_purchase_rate"),
              Stream.of(rows.getString("sources").split(",", -1)).sorted().toList()));
    }
    return spells;
  }
}
