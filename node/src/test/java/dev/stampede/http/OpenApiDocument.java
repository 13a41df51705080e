package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The API document, and whether answers are as it says. */
final class OpenApiDocument {

  private static final JsonMapper JSON = new JsonMapper();

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
  private final List<Operation> operations = new ArrayList<>();
  private final JsonNode root;

  /** One call that the document describes. */
  record Operation(Route route, JsonNode description) {

    String id() {
      return description.get("operationId").asString();
    }

    /** For example {@code GET /api/sales}. */
    String name() {
      return route.method() + " " + route.path();
    }
  }

  OpenApiDocument(String yaml) {
    root = new YAMLMapper().readTree(yaml);
    root.get("paths")
        .properties()
        .forEach(path -> path.getValue().properties().forEach(each -> add(path.getKey(), each)));
  }

  private void add(String path, Map.Entry<String, JsonNode> method) {
    Route route =
        new Route(
            method.getKey().toUpperCase(Locale.ROOT),
            path,
            Route.Access.ANYBODY,
            call -> Problem.of(ProblemType.INTERNAL_ERROR));
    operations.add(new Operation(route, method.getValue()));
  }

  List<Operation> operations() {
    return operations;
  }

  /** The operation that a request is, if any. */
  Optional<Operation> operation(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    return operations.stream()
        .filter(it -> it.route().method().equals(wanted) && it.route().matches(path))
        .findAny();
  }

  /** Fails where an answer is not as the document says. What the document does not know passes. */
  void check(HttpResponse<String> response) {
    operation(response.request().method(), response.request().uri().getRawPath())
        .ifPresent(operation -> check(operation, response));
  }

  private void check(Operation operation, HttpResponse<String> response) {
    JsonNode said = described(operation, response.statusCode());
    JsonNode content = said.get("content");
    if (content == null || response.body().isEmpty()) {
      assertThat(response.body()).as("%s: no body is described", operation.name()).isEmpty();
      return;
    }
    String type = ApiTest.header(response, "Content-Type").replaceAll(";.*", "");
    assertThat(content.propertyNames()).as("%s: media type", operation.name()).contains(type);
    if (type.endsWith("json")) {
      JsonNode body = JSON.readTree(response.body());
      assertThat(schema(content.get(type).get("schema")).validate(body))
          .as("%s: %s", operation.name(), body)
          .isEmpty();
    }
  }

  private JsonNode described(Operation operation, int status) {
    JsonNode responses = operation.description().get("responses");
    JsonNode said = responses.get(Integer.toString(status));
    if (said == null) {
      assertThat(status).as("%s: an undescribed success", operation.name()).isGreaterThan(399);
      said = responses.get("default");
    }
    return said.has("$ref") ? resolve(said.get("$ref").asString()) : said;
  }

  /** The node that a reference within the document names. */
  JsonNode resolve(String reference) {
    JsonNode node = root.at(reference.substring(1));
    assertThat(node.isMissingNode()).as(reference).isFalse();
    return node;
  }

  /** All references anywhere in the document. */
  List<String> references() {
    return root.findValuesAsString("$ref");
  }

  private Schema schema(JsonNode schema) {
    return schemas.computeIfAbsent(
        schema,
        key -> {
          ObjectNode whole = JSON.createObjectNode();
          whole.putArray("allOf").add(key);
          whole.set("components", root.get("components"));
          return registry.getSchema(whole);
        });
  }
}
