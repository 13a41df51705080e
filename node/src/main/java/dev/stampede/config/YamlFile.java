package dev.stampede.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads YAML strictly: a key that stands twice is an error, and every error is one line. */
public final class YamlFile {

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private YamlFile() {}

  /**
   * The content of a file; an empty mapping where it is empty.
   *
   * @throws ConfigException where it cannot be read, or is no YAML
   */
  public static JsonNode read(Path file) {
    return parse(text(file), file.toString());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": no such file");
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read: " + e.getMessage());
    }
  }

  private static JsonNode parse(String text, String name) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null || node.isMissingNode() || node.isNull()
          ? JsonNodeFactory.instance.objectNode()
          : node;
    } catch (JacksonException e) {
      String what = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new ConfigException(
          name + ": line " + e.getLocation().getLineNr() + ": not valid YAML: " + what);
    }
  }
}
