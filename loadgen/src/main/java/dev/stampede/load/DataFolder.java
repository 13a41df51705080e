package dev.stampede.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the project leaves in its data folder: the secrets, and which nodes run now. */
final class DataFolder {
  /** Every scalar is text as written: a secret may look like a number. */
  private static final LoadSettings TEXTS =
      LoadSettings.builder().setSchema(new FailsafeSchema()).build();

  private static final JsonMapper TREES = new JsonMapper();

  private final Map<String, String> environment;

  DataFolder(Map<String, String> environment) {
    this.environment = environment;
  }

  private Path folder() {
    return Path.of(environment.getOrDefault("STAMPEDE_DATA", "data"));
  }

  Path secrets() {
    return folder().resolve("secrets.yaml");
  }

  /** The addresses of the nodes that run on this machine; none if nothing says so. */
  List<URI> nodes() {
    return read(folder().resolve("run.yaml")).stream()
        .flatMap(run -> run.path("nodes").valueStream())
        .map(node -> URI.create(node.path("http").asString("")))
        .toList();
  }

  /**
   * A value that is not shown.
   *
   * @param source where it was found, for messages
   */
  record Secret(String text, String source) {}

  /**
   * A secret from the environment, or else from the file; empty if neither has it.
   *
   * @param variable the environment's name for it
   * @param key the file's name for it
   */
  Optional<Secret> secret(String variable, Path file, String key) {
    String set = environment.get(variable);
    if (set != null && !set.isBlank()) {
      return Optional.of(new Secret(set.strip(), variable));
    }
    return read(file)
        .map(secrets -> text(secrets.path(key)))
        .filter(text -> !text.isBlank())
        .map(text -> new Secret(text, file + ": " + key));
  }

  /** A list is written as in the environment: its parts, with commas between them. */
  private static String text(JsonNode value) {
    return value.isArray()
        ? value.valueStream().map(part -> part.asString("")).collect(Collectors.joining(","))
        : value.asString("");
  }

  private static Optional<JsonNode> read(Path file) {
    try {
      Object content =
          new org.snakeyaml.engine.v2.api.Load(TEXTS).loadFromString(Files.readString(file));
      return Optional.of(TREES.valueToTree(content));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (MalformedInputException e) {
      throw new LoadException(ExitCode.ENVIRONMENT, file + " cannot be read: it is not UTF-8");
    } catch (IOException | YamlEngineException e) {
      String why = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
      throw new LoadException(ExitCode.ENVIRONMENT, "%s cannot be read: %s".formatted(file, why));
    }
  }
}
