package dev.stampede.cli;

import dev.stampede.config.ConfigException;
import dev.stampede.config.YamlFile;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Sales as people write them down: a YAML file with a list under {@code sales}. */
final class SaleFile {

  private static final String LIST = "sales";

  private SaleFile() {}

  /**
   * All sales of a file.
   *
   * @param now what {@code opensIn} and {@code closesIn} count from
   * @throws ConfigException with file, sale and key, what was found and what was expected
   */
  static List<Sale> read(Path file, Instant now) {
    JsonNode root = YamlFile.read(file);
    JsonNode list = root.path(LIST);
    if (!list.isArray() || list.isEmpty() || root.size() != 1) {
      throw new ConfigException(file + ": expected one key, sales, with a list of sales");
    }
    List<Sale> sales = new ArrayList<>();
    Set<SaleId> ids = new HashSet<>();
    for (JsonNode entry : list) {
      String where = file + ": " + LIST + "[" + (sales.size() + 1) + "]";
      Sale sale = new SaleEntry(where, entry, now).sale();
      if (!ids.add(sale.id())) {
        throw new ConfigException(where + ".id: \"" + sale.id() + "\" stands there twice");
      }
      sales.add(sale);
    }
    return sales;
  }
}
