package dev.stampede.cli;

import dev.stampede.sale.Sale;
import dev.stampede.sale.Tier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Publishes the sales of a file. What cannot be meant is refused before the first one is published;
 * of a sale that is there already it says whether it is the same, and otherwise what differs.
 */
final class SaleImport {

  /** A sale that opens later than this from now is probably a slip in the year. */
  static final Duration FAR = Duration.ofDays(366);

  private final SaleClient client;
  private final Consumer<String> out;

  /** Publishes by this client and writes a line a sale. */
  SaleImport(SaleClient client, Consumer<String> out) {
    this.client = client;
    this.out = out;
  }

  /**
   * Publishes what is new.
   *
   * @param file for messages
   * @param far whether sales may open later than {@link #FAR} from now
   * @return {@link ExitCode#FAILED} if another sale has the id of one in the file
   * @throws CommandException if a new sale is over already, or opens too far in the future
   */
  int run(Path file, List<Sale> sales, Instant now, boolean far) {
    Map<String, JsonNode> there =
        client.all().stream()
            .collect(Collectors.toMap(each -> each.path("id").asString(), each -> each));
    for (Sale sale : sales) {
      if (!there.containsKey(sale.id().value())) {
        requirePlausible(file, sale, now, far);
      }
    }
    int status = ExitCode.OK;
    for (Sale sale : sales) {
      JsonNode known = there.get(sale.id().value());
      List<String> differences = known == null ? List.of() : differences(sale, known);
      if (differences.isEmpty()) {
        publish(sale);
      } else {
        status = ExitCode.FAILED;
        out.accept(sale.id() + ": another sale has this id: " + String.join(", ", differences));
      }
    }
    return status;
  }

  private void publish(Sale sale) {
    String done = client.publish(sale) ? ": published, " : ": was published before, ";
    out.accept(sale.id() + done + sale.quantity() + " units");
  }

  private static void requirePlausible(Path file, Sale sale, Instant now, boolean far) {
    if (sale.isOver(now.toEpochMilli())) {
      throw CommandException.usage(
          file
              + ": "
              + sale.id()
              + ": closesAt is in the past: "
              + sale.terms().closesAt()
              + ". Nothing was published");
    }
    if (!far && sale.terms().opensAt().isAfter(now.plus(FAR))) {
      throw CommandException.usage(
          file
              + ": "
              + sale.id()
              + ": opensAt is more than a year away: "
              + sale.terms().opensAt()
              + ". Nothing was published; if that is meant, add --far");
    }
  }

  /** What the file says differently; its promotion apart, which stays as it is. */
  private static List<String> differences(Sale sale, JsonNode there) {
    Map<String, String> theirs = new LinkedHashMap<>();
    theirs.put("title", there.path("title").asString(""));
    theirs.put("description", there.path("description").asString(""));
    theirs.put("price", there.path("price").path("minor").asString(""));
    theirs.put("currency", there.path("price").path("currency").asString(""));
    theirs.put("quantity", there.path("quantity").asString(""));
    theirs.put("opensAt", there.path("opensAt").asString(""));
    theirs.put("closesAt", there.path("closesAt").asString(""));
    theirs.put("limitPerBuyer", there.path("limitPerBuyer").asString(""));
    theirs.put("reduction", there.path("reduction").asString(""));
    theirs.put("hold", there.path("holdSeconds").asString("") + "s");
    theirs.put("tier", there.path("tier").asString(Tier.STANDARD.name()));
    Map<String, String> ours = ours(sale);
    List<String> differences = new ArrayList<>();
    theirs.forEach((key, value) -> {
      String own = ours.getOrDefault(key, "");
      if (!own.equals(value)) {
        differences.add(key + " is \"" + value + "\" there, \"" + own + "\" in the file");
      }
    });
    return differences;
  }

  private static Map<String, String> ours(Sale sale) {
    Map<String, String> ours = new LinkedHashMap<>();
    ours.put("title", sale.title());
    ours.put("description", sale.description());
    ours.put("price", String.valueOf(sale.priceMinor()));
    ours.put("currency", sale.currency());
    ours.put("quantity", String.valueOf(sale.quantity()));
    ours.put("opensAt", SaleClient.TIME.format(sale.terms().opensAt()));
    ours.put("closesAt", SaleClient.TIME.format(sale.terms().closesAt()));
    ours.put("limitPerBuyer", String.valueOf(sale.terms().limitPerBuyer()));
    ours.put("reduction", sale.terms().reduction().name());
    ours.put("hold", sale.terms().holdTime().toSeconds() + "s");
    ours.put("tier", sale.tier().name());
    return ours;
  }
}
