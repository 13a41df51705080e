package dev.stampede.persistence;

import dev.stampede.order.Order;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.StockKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the database says of all shards, for audits. Any thread may ask; each call blocks. */
public final class AuditTable {

  /** Who reads every order may wait so long for the next part of an answer, in milliseconds. */
  static final int PATIENCE_MILLIS = 120_000;

  private static final String SHARDS =
      """
      SELECT shards.sale, shard, seq, chain, issued, available, held, sold, withdrawn, limit_per_buyer
        FROM shards JOIN sales ON sales.id = shards.sale
        WHERE @SALE
        ORDER BY shards.sale, shard
      """;

  private final Database database;
  private final int patienceMillis;

  /** The tables in this database. */
  public AuditTable(Database database) {
    this(database, PATIENCE_MILLIS);
  }

  /** The same with less patience. */
  AuditTable(Database database, int patienceMillis) {
    this.database = database;
    this.patienceMillis = patienceMillis;
  }

  /**
   * Every shard as its row has it and as its orders add up to, by sale and shard, at one instant.
   * Orders that are set aside count towards the sums as the ledger has them, though not towards the
   * limit of their buyers. Reads every order of these sales: two seconds or so for a million.
   *
   * @param sales only these sales; empty for all
   * @throws DatabaseException where the database does not answer
   */
  public List<AuditedShard> shards(List<SaleId> sales) {
    return database.transaction(
        "the audit of " + (sales.isEmpty() ? "all shards" : sales),
        connection -> shards(connection, sales));
  }

  /**
   * The names of all shards that have a row, by sale and shard. Reads no order.
   *
   * @throws DatabaseException where the database does not answer
   */
  public List<StockKey> keys() {
    return database.transaction("reading the shards", AuditTable::keys);
  }

  private static List<StockKey> keys(Connection connection) throws SQLException {
    List<StockKey> keys = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT sale, shard FROM shards ORDER BY sale, shard");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(new StockKey(new SaleId(rows.getString("sale")), rows.getInt("shard")));
      }
    }
    return keys;
  }

  private List<AuditedShard> shards(Connection connection, List<SaleId> sales) throws SQLException {
    // One view of the data to the end of the transaction; the pool sets both back.
    connection.setNetworkTimeout(Runnable::run, patienceMillis);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    Map<StockKey, List<LetterRow>> letters =
        LetterRow.setAside(connection).stream().collect(Collectors.groupingBy(LetterRow::shard));
    List<AuditedShard> shards = new ArrayList<>();
    for (Row row : rows(connection, sales)) {
      shards.add(audited(connection, row, letters.getOrDefault(row.key, List.of())));
    }
    return shards;
  }

  /** A row of {@code shards}, and the limit of its sale. */
  private record Row(
      StockKey key, long seq, ChainHash chain, ShardCounts counts, int limitPerBuyer) {}

  private static List<Row> rows(Connection connection, List<SaleId> sales) throws SQLException {
    List<Row> rows = new ArrayList<>();
    String sql = SHARDS.replace("@SALE", condition(sales));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < sales.size(); i++) {
        statement.setString(i + 1, sales.get(i).value());
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  new StockKey(new SaleId(row.getString("sale")), row.getInt("shard")),
                  row.getLong("seq"),
                  ChainHash.of(row.getBytes("chain")),
                  ShardRow.counts(row),
                  row.getInt("limit_per_buyer")));
        }
      }
    }
    return rows;
  }

  private static String condition(List<SaleId> sales) {
    return sales.isEmpty()
        ? "TRUE"
        : "shards.sale IN (" + String.join(", ", Collections.nCopies(sales.size(), "?")) + ")";
  }

  private static AuditedShard audited(Connection connection, Row row, List<LetterRow> letters)
      throws SQLException {
    ShardCounts setAside = ShardCounts.NONE;
    LetterContents contents = new LetterContents(connection);
    Set<String> refused = new HashSet<>();
    for (LetterRow letter : letters) {
      Optional<ShardChange> part = contents.of(letter);
      for (Order order : part.map(ShardChange::orders).orElse(List.of())) {
        setAside = setAside.with(order);
      }
      if (letter.kind() == LetterKind.ORDER) {
        refused.add(letter.rowKey());
      }
    }
    OrderSums sums = OrderSums.of(connection, row.key, refused, row.limitPerBuyer);
    return new AuditedShard(
        row.key,
        row.seq,
        row.chain,
        row.counts,
        sums.held() + setAside.held(),
        sums.sold() + setAside.sold(),
        sums.buyersOverLimit(),
        letters.size());
  }
}
