package dev.stampede.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks nodes how they are. */
final class NodeHealth {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final JsonMapper mapper = new JsonMapper();

  /** Whether it serves, sees so many nodes, and every shard has all its backups. */
  boolean isSafe(NodePlace place, int members) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(place.url() + "/health/ready")).timeout(TIMEOUT).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode health = mapper.readTree(answer.body());
      return answer.statusCode() == OK
          && health.path("members").asInt(0) >= members
          && health.path("safe").asBoolean(false);
    } catch (IOException | JacksonException e) {
      return false;
    }
  }
}
