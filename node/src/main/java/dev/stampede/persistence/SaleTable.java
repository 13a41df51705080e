package dev.stampede.persistence;

import dev.stampede.sale.LatePayments;
import dev.stampede.sale.Money;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.sale.Sales;
import dev.stampede.sale.Tier;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The published sales. Any thread may ask; each call blocks. */
public final class SaleTable {

  private static final String COLUMNS =
      "id, title, description, price_minor, currency, quantity, opens_at, closes_at,"
          + " limit_per_buyer, reduction, hold_millis, shards, promote_millis, tier,"
          + " late_payments";

  private final Database database;

  /** The table in this database. */
  public SaleTable(Database database) {
    this.database = database;
  }

  /**
   * Enters a sale together with its shards, over which its units are spread. Instants count to the
   * millisecond.
   *
   * @throws DatabaseException where the database does not answer, or refuses
   */
  public Sales.Published publish(Sale sale) {
    return database.transaction("publishing " + sale.id(), connection -> publish(connection, sale));
  }

  private static Sales.Published publish(Connection connection, Sale sale) throws SQLException {
    try {
      insert(connection, sale);
    } catch (SQLIntegrityConstraintViolationException taken) {
      Sale there = find(connection, sale.id());
      return asStored(sale).withPromotion(there.promotion()).equals(there)
          ? Sales.Published.SAME
          : Sales.Published.OTHER;
    }
    int shards = sale.terms().shards();
    for (StockKey key : StockKey.all(sale.id(), shards)) {
      firstRow(key, share(sale.quantity(), shards, key.shard())).insert(connection);
    }
    return Sales.Published.NEW;
  }

  private static ShardRow firstRow(StockKey key, long units) {
    ShardCounts counts = ShardCounts.issued(units);
    return new ShardRow(
        new ShardChange.Header(key, 0, 0, 0, counts, false, false), 0, ChainHash.GENESIS);
  }

  /** The first shards get one unit more where the units do not divide evenly. */
  static long share(long units, int shards, int shard) {
    return units / shards + (shard < units % shards ? 1 : 0);
  }

  private static void insert(Connection connection, Sale sale) throws SQLException {
    String sql =
        "INSERT INTO sales (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    SaleTerms terms = sale.terms();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, sale.id().value());
      statement.setString(2, sale.title());
      statement.setString(3, sale.description());
      statement.setLong(4, sale.priceMinor());
      statement.setString(5, sale.currency());
      statement.setLong(6, sale.quantity());
      statement.setLong(7, terms.opensAt().toEpochMilli());
      statement.setLong(8, terms.closesAt().toEpochMilli());
      statement.setInt(9, terms.limitPerBuyer());
      statement.setString(10, terms.reduction().name());
      statement.setLong(11, terms.holdTime().toMillis());
      statement.setInt(12, terms.shards());
      statement.setObject(13, sale.promotion().map(Duration::toMillis).orElse(null));
      statement.setString(14, sale.tier().name());
      statement.setString(15, terms.latePayments().name());
      statement.executeUpdate();
    }
  }

  /**
   * Changes from when a published sale is promoted, and nothing else.
   *
   * @throws DatabaseException where the database does not answer, or refuses
   */
  public void promote(SaleId id, Optional<Duration> promotion) {
    int _ =
        database.transaction("promoting " + id, connection -> promote(connection, id, promotion));
  }

  private static int promote(Connection connection, SaleId id, Optional<Duration> promotion)
      throws SQLException {
    String sql = "UPDATE sales SET promote_millis = ? WHERE id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, promotion.map(Duration::toMillis).orElse(null));
      statement.setString(2, id.value());
      return statement.executeUpdate();
    }
  }

  /**
   * A published sale.
   *
   * @throws DatabaseException where the database does not answer
   */
  public Sale find(SaleId id) {
    return database.transaction("reading " + id, connection -> find(connection, id));
  }

  /**
   * Whether a sale of this name is published.
   *
   * @throws DatabaseException where the database does not answer
   */
  public boolean exists(SaleId id) {
    return database.transaction("looking for " + id, connection -> exists(connection, id));
  }

  private static boolean exists(Connection connection, SaleId id) throws SQLException {
    String sql = "SELECT 1 FROM sales WHERE id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, id.value());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /**
   * All sales, by name.
   *
   * @throws DatabaseException where the database does not answer
   */
  public List<Sale> all() {
    return database.transaction("reading sales", SaleTable::all);
  }

  private static List<Sale> all(Connection connection) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM sales ORDER BY id";
    List<Sale> sales = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        sales.add(read(rows));
      }
    }
    return sales;
  }

  /** A sale that is known to be there: sales are never deleted. */
  static Sale find(Connection connection, SaleId id) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM sales WHERE id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, id.value());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return read(rows);
      }
    }
  }

  private static Sale read(ResultSet row) throws SQLException {
    return new Sale(
        new SaleId(row.getString("id")),
        row.getString("title"),
        row.getString("description"),
        row.getLong("quantity"),
        new SaleTerms(
            Instant.ofEpochMilli(row.getLong("opens_at")),
            Instant.ofEpochMilli(row.getLong("closes_at")),
            row.getInt("limit_per_buyer"),
            Reduction.valueOf(row.getString("reduction")),
            Duration.ofMillis(row.getLong("hold_millis")),
            row.getInt("shards"),
            LatePayments.valueOf(row.getString("late_payments")),
            new Money(row.getLong("price_minor"), row.getString("currency"))),
        Optional.ofNullable(row.getObject("promote_millis", Long.class)).map(Duration::ofMillis),
        Tier.valueOf(row.getString("tier")));
  }

  private static Sale asStored(Sale sale) {
    SaleTerms terms = sale.terms();
    return new Sale(
        sale.id(),
        sale.title(),
        sale.description(),
        sale.quantity(),
        new SaleTerms(
            Instant.ofEpochMilli(terms.opensAt().toEpochMilli()),
            Instant.ofEpochMilli(terms.closesAt().toEpochMilli()),
            terms.limitPerBuyer(),
            terms.reduction(),
            Duration.ofMillis(terms.holdTime().toMillis()),
            terms.shards(),
            terms.latePayments(),
            terms.price()),
        sale.promotion().map(Duration::toMillis).map(Duration::ofMillis),
        sale.tier());
  }
}
