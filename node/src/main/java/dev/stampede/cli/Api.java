package dev.stampede.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The REST API of a cluster, asked in the name of one person. Asks the nodes in their order until
 * one takes the request.
 */
final class Api {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Longer than a request may wait in a lane. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** Longer than a node waits for its database when it adds up orders. */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(150);

  private static final String LARGE_PAGE = "?limit=100";
  private static final int FIRST_REFUSAL = 400;
  private static final int FIRST_FAULT = 500;

  /** A status below 400, and what came with it. */
  record Reply(int status, JsonNode body) {}

  private final List<String> nodes;
  private final String token;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final JsonMapper mapper = new JsonMapper();

  /**
   * The API.
   *
   * @param nodes addresses without a slash at the end, one or more
   * @param token a signed token
   */
  Api(List<String> nodes, String token) {
    this.nodes = nodes;
    this.token = token;
  }

  /** Asks for something. */
  JsonNode get(String path) {
    return ask("GET", path, null, Map.of()).body();
  }

  /** Asks for something in the type that it has. */
  <T> T get(String path, Class<T> type) {
    return mapper.treeToValue(get(path), type);
  }

  /**
   * Asks for something that a node may have to work for long. Only where no node answers in the
   * usual time, asks them again and waits longer than a node works on anything.
   */
  <T> T getPatiently(String path, Class<T> type) {
    return soon(path, ANSWER_TIMEOUT)
        .or(() -> soon(path, LONGEST_ANSWER))
        .map(reply -> mapper.treeToValue(reply.body(), type))
        .orElseThrow(() ->
            CommandException.environment(
                "no node answers GET " + path + " within " + LONGEST_ANSWER.toSeconds() + " s"));
  }

  /** The answer of the first node that gives one; empty where one only takes too long. */
  private Optional<Reply> soon(String path, Duration timeout) {
    boolean late = false;
    String last = "";
    for (String node : nodes) {
      HttpRequest request =
          HttpRequest.newBuilder(request(node + path, "GET", null, Map.of()), (_, _) -> true)
              .timeout(timeout)
              .build();
      try {
        return Optional.of(read(client.send(request, HttpResponse.BodyHandlers.ofString())));
      } catch (HttpConnectTimeoutException e) {
        last = node + " does not answer: " + e.getMessage();
      } catch (HttpTimeoutException e) {
        late = true;
      } catch (IOException e) {
        last = node + " does not answer" + (e.getMessage() == null ? "" : ": " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw CommandException.environment("interrupted while waiting for " + node);
      }
    }
    if (late) {
      return Optional.empty();
    }
    throw CommandException.environment(last);
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

  /** Changes something. */
  Reply post(String path, Object body, Map<String, String> headers) {
    return ask("POST", path, mapper.writeValueAsString(body), headers);
  }

  /** As the answer has it, for people and programs to read. */
  String print(JsonNode answer) {
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
  }

  private Reply ask(
      String method, String path, @Nullable String body, Map<String, String> headers) {
    String last = "";
    for (String node : nodes) {
      HttpRequest request = request(node + path, method, body, headers);
      try {
        return read(client.send(request, HttpResponse.BodyHandlers.ofString()));
      } catch (IOException e) {
        last = node + " does not answer" + (e.getMessage() == null ? "" : ": " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw CommandException.environment("interrupted while waiting for " + node);
      }
    }
    throw CommandException.environment(last);
  }

  private HttpRequest request(
      String address, String method, @Nullable String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(ANSWER_TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json");
    headers.forEach(request::header);
    return body == null
        ? request.method(method, HttpRequest.BodyPublishers.noBody()).build()
        : request
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
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
