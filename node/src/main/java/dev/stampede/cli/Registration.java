package dev.stampede.cli;

import dev.stampede.sale.SalePhase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Promotes what logs speak of most, as far as it is on sale here. */
final class Registration {

  private final SaleClient client;
  private final Duration before;

  /** With the cluster, and how long before they open its sales are to become hot. */
  Registration(SaleClient client, Duration before) {
    this.client = client;
    this.before = before;
  }

  /**
   * Promotes sales, and says of each what became of it. What is promoted from earlier on stays so.
   *
   * @throws CommandException where no node answers, or one refuses
   */
  void register(List<String> names, Consumer<String> say) {
    Map<String, JsonNode> sales =
        client.all().stream()
            .collect(Collectors.toMap(sale -> sale.path("id").asString(), Function.identity()));
    for (String name : names) {
      JsonNode sale = sales.get(name);
      say.accept(name + ": " + (sale == null ? "unknown here" : register(name, sale)));
    }
  }

  private String register(String name, JsonNode sale) {
    if (client.report(name).path("phase").asString().equals(SalePhase.CLOSED.name())) {
      return "over";
    }
    Duration there = Duration.ofSeconds(sale.path("promoteSeconds").asLong(-1));
    if (there.compareTo(before) >= 0) {
      return "promoted already, " + LeadTime.say(there);
    }
    client.promote(name, before);
    return "promoted, " + LeadTime.say(before);
  }
}
