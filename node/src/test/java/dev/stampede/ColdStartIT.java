package dev.stampede;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What nodes say between the opening of their port and the moment when they know their sales. */
final class ColdStartIT {

  @Test
  void requests_beforeTheSalesAreLoaded_areAskedToComeBack() throws Exception {
    try (ThreeNodes cluster = ThreeNodes.start("cold")) {
      var _ = cluster.publish("kept", Duration.ZERO, Optional.empty(), ThreeNodes.AN_HOUR);
      cluster.stopAll();

      ThreeNodes.Running first = cluster.startCold(0);
      assertStarting(cluster.response(first, "/api/sales/kept"));
      assertStarting(cluster.response(first, "/api/sales/kept/stock"));
      assertStarting(cluster.response(first, "/api/sales"));
      assertStarting(cluster.admin(first, "/api/sales/kept/orders", "{\"quantity\": 1}"));
      assertStarting(cluster.admin(first, "/api/payments/notifications", "{}"));
      assertStarting(cluster.admin(first, "/api/admin/sales/kept/freeze", "{}"));
      assertThat(cluster.response(first, "/health/live").statusCode()).isEqualTo(200);

      var _ = cluster.startCold(1);
      first.node().awaitReady();
      assertThat(cluster.response(first, "/api/sales/kept").statusCode()).isEqualTo(200);
      assertThat(cluster.get(first, "/api/sales").path("sales")).hasSize(1);
    }
  }

  private static void assertStarting(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
    assertThat(response.body()).contains("\"code\":\"starting\"");
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
  }
}
