package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** One order whose way into the database is followed. */
final class Probe {

  private final FaultyCluster cluster;
  private final int node;
  private final String buyer;
  private final String order;

  /** Buys at a node, which must sell. */
  Probe(FaultyCluster cluster, int node, String sale, String buyer) {
    this.cluster = cluster;
    this.node = node;
    this.buyer = buyer;
    HttpResponse<String> answer = cluster.shopper.buy(cluster.url(node), sale, buyer).orElseThrow();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    this.order = cluster.shopper.json(answer).path("id").asString("");
  }

  /** The status of its payment: 200 once it is durable, 503 while it is not. */
  int pay() {
    return cluster.shopper.pay(cluster.url(node), order);
  }

  boolean isDurable() {
    return seen().path("durable").asBoolean(false);
  }

  boolean isPaid() {
    return seen().path("state").asString("").equals("PAID");
  }

  /** Whether nobody knows it any more. */
  boolean isGone() {
    return asked().statusCode() == 404;
  }

  private JsonNode seen() {
    return cluster.shopper.json(asked());
  }

  private HttpResponse<String> asked() {
    return cluster.shopper.order(cluster.url(node), order, buyer).orElseThrow();
  }
}
