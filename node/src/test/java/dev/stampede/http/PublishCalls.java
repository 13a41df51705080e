package dev.stampede.http;

import java.net.http.HttpResponse;

/** Plays the operator who publishes sales. */
abstract class PublishCalls extends ApiTest {

  /** A sale of 10 units that is complete, to be changed by the test. */
  static String saleBody(String id) {
    return "{\"id\":\""
        + id
        + "\",\"title\":\"T\",\"description\":\"D\","
        + "\"price\":{\"minor\":100,\"currency\":\"EUR\"},\"quantity\":10,"
        + "\"opensAt\":\"2020-01-01T10:00:00Z\",\"closesAt\":\"2099-01-01T10:00:00Z\","
        + "\"limitPerBuyer\":2,\"reduction\":\"AT_ORDER\",\"holdSeconds\":30,\"shards\":1}";
  }

  HttpResponse<String> publish(String body) {
    return admin("/api/admin/sales", "k", body);
  }
}
