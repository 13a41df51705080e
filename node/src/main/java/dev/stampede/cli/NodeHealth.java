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

  /**
   * What a node says of itself.
   *
   * @param ready whether it serves
   * @param members the nodes that it sees, itself included; 0 where it is not ready
   * @param quorum the fewest with which purchases go on; 0 where it is not ready
   * @param safe whether every shard has all its backups
   * @param reason why it is not ready; empty where it is
   */
  record State(boolean ready, int members, int quorum, boolean safe, String reason) {

    /** Whether it serves, sees so many nodes, and every shard has all its backups. */
    boolean isSafe(int expected) {
      return ready && members >= expected && safe;
    }

    private static State notReady(String reason) {
      return new State(false, 0, 0, false, reason);
    }
  }

  /** Whether it serves, sees so many nodes, and every shard has all its backups. */
  boolean isSafe(NodePlace place, int members) throws InterruptedException {
    return ask(place).isSafe(members);
  }

  /** How it is, as far as can be learned within two seconds. */
  State ask(NodePlace place) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(place.url() + "/health/ready")).timeout(TIMEOUT).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode health = mapper.readTree(answer.body());
      return answer.statusCode() == OK
          ? new State(
              true,
              health.path("members").asInt(0),
              health.path("quorum").asInt(0),
              health.path("safe").asBoolean(false),
              "")
          : State.notReady(health.path("detail").asString(health.path("title").asString("")));
    } catch (IOException | JacksonException e) {
      return State.notReady(place.url() + " does not answer");
    }
  }
}
