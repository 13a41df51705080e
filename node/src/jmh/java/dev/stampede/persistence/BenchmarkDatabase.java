package dev.stampede.persistence;

import dev.stampede.config.DatabaseSettings;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.stock.ShardBounds;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the benchmarks write into: the embedded MariaDB, begun anew, or the scratch database that
 * {@code STAMPEDE_TEST_DB_URL} (with {@code _USER} and {@code _PASSWORD}) names.
 */
final class BenchmarkDatabase implements AutoCloseable {

  /** Within the window of every sale here, in milliseconds since 1970. */
  static final long NOON = Instant.parse("2030-06-01T12:00:00Z").toEpochMilli();

  /** Wider than any benchmark gets. */
  static final ShardBounds BOUNDS = new ShardBounds(Integer.MAX_VALUE, 1);

  private final Runnable discard;
  private final Database database;

  private BenchmarkDatabase(DatabaseSettings settings, Runnable discard) {
    this.discard = discard;
    this.database = Database.open(settings);
  }

  static BenchmarkDatabase open() throws IOException {
    String url = System.getenv("STAMPEDE_TEST_DB_URL");
    if (url != null) {
      String user = System.getenv("STAMPEDE_TEST_DB_USER");
      String password = System.getenv("STAMPEDE_TEST_DB_PASSWORD");
      return new BenchmarkDatabase(new DatabaseSettings(url, user, password, 2), () -> {});
    }
    Path data = Files.createTempDirectory("stampede-benchmark");
    EmbeddedDatabase server = EmbeddedDatabase.start(data, OptionalInt.empty());
    return new BenchmarkDatabase(
        new DatabaseSettings(server.url(), server.user(), server.password(), 2),
        () -> {
          server.stop();
          delete(data);
        });
  }

  Database database() {
    return database;
  }

  /** The only shard of a sale that was just published. */
  StockShard newShard() {
    SaleTerms terms =
        new SaleTerms(
            Instant.ofEpochMilli(NOON - 1),
            Instant.ofEpochMilli(NOON).plusSeconds(86_400),
            1,
            Reduction.RESERVE,
            Duration.ofMinutes(10),
            1);
    SaleId id = new SaleId("benchmark-" + System.currentTimeMillis());
    new SaleTable(database)
        .publish(new Sale(id, "Benchmark", "", 1, "EUR", Sale.MAX_QUANTITY, terms));
    return new StockShard(new ShardTable(database).load(new StockKey(id, 0)).orElseThrow());
  }

  @Override
  public void close() {
    database.close();
    discard.run();
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
