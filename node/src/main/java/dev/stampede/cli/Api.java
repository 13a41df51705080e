package dev.stampede.cli;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API of a cluster, asked in the name of one person. A node that hangs delays nothing. */
final class Api {

  /** Longer than a request may wait in a lane. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** Longer than a node waits for its database when it adds up orders. */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(150);

  private static final String LARGE_PAGE = "?limit=100";
  private static final int FIRST_REFUSAL = 400;
  private static final int FIRST_FAULT = 500;

  /** A status below 400, and what came with it. */
  record Reply(int status, JsonNode body) {}

  private final NodeRequests nodes;
  private final String token;
  private final JsonMapper mapper = new JsonMapper();

  /**
   * The API.
   *
   * @param nodes addresses without a slash at the end, one or more
   * @param token a signed token
   */
  Api(List<String> nodes, String token) {
    this(nodes, token, _ -> {});
  }

  /** The same, with somebody who is told of what takes long. */
  Api(List<String> nodes, String token, Consumer<String> notes) {
    this.nodes = new NodeRequests(nodes, notes);
    this.token = token;
  }

  /** Asks for something. */
  JsonNode get(String path) {
    return get(path, ANSWER_TIMEOUT);
  }

  private JsonNode get(String path, Duration most) {
    return read(nodes.inTurn(node -> request(node + path, "GET", null, Map.of()), most)).body();
  }

  /** Asks for something in the type that it has. */
  <T> T get(String path, Class<T> type) {
    return mapper.treeToValue(get(path), type);
  }

  /** Asks for something that a node may have to work for long, 150 s at most. */
  <T> T getPatiently(String path, Class<T> type) {
    return mapper.treeToValue(get(path, LONGEST_ANSWER), type);
  }

  /** All entries of a list that comes in pages. */
  List<JsonNode> all(String path, String list) {
    return first(path + LARGE_PAGE, list, Integer.MAX_VALUE);
  }

  /**
   * The first entries of a list that comes in pages.
   *
   * @param path with a query that says how large a page is
   * @param most how many at most
   */
  List<JsonNode> first(String path, String list, int most) {
    List<JsonNode> entries = new ArrayList<>();
    String after = "";
    for (boolean more = true; more; ) {
      JsonNode page = get(path + after);
      page.path(list).forEach(entries::add);
      JsonNode next = page.path("next");
      more = next.isString() && entries.size() < most;
      after = "&after=" + next.asString("");
    }
    return entries.stream().limit(most).toList();
  }

  /** Changes something by one node. */
  Reply post(String path, Object body, Map<String, String> headers) {
    String json = mapper.writeValueAsString(body);
    return read(nodes.inTurn(node -> request(node + path, "POST", json, headers), ANSWER_TIMEOUT));
  }

  /**
   * Changes something by whichever node is the first: all are asked at once. For what changes
   * nothing when it is done twice, by itself or by its Idempotency-Key.
   */
  Reply postToAll(String path, Object body, Map<String, String> headers) {
    String json = mapper.writeValueAsString(body);
    return read(nodes.toAll(node -> request(node + path, "POST", json, headers)));
  }

  /** As the answer has it, for people and programs to read. */
  String print(JsonNode answer) {
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
  }

  private HttpRequest.Builder request(
      String address, String method, @Nullable String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json");
    headers.forEach(request::header);
    return body == null
        ? request.method(method, HttpRequest.BodyPublishers.noBody())
        : request
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
  }

  private Reply read(HttpResponse<String> answer) {
    JsonNode body = parse(answer);
    if (answer.statusCode() < FIRST_REFUSAL) {
      return new Reply(answer.statusCode(), body);
    }
    String message =
        answer.request().uri()
            + " answers "
            + answer.statusCode()
            + " "
            + body.path("code").asString("")
            + ": "
            + body.path("detail").asString(body.path("title").asString(""));
    throw answer.statusCode() < FIRST_FAULT
        ? CommandException.failed(message)
        : CommandException.environment(message);
  }

  private JsonNode parse(HttpResponse<String> answer) {
    try {
      return mapper.readTree(answer.body());
    } catch (JacksonException e) {
      throw CommandException.environment(
          answer.request().uri()
              + " answers "
              + answer.statusCode()
              + " without JSON: not a node?");
    }
  }
}
