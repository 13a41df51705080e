package dev.stampede.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Some settings from one place, as they were written; layers are laid over each other until one
 * holds what a node needs. Empty values count as not given.
 */
public final class SettingLayer {

  private final Map<Setting, Given> values;

  private SettingLayer(Map<Setting, Given> values) {
    this.values = values;
  }

  /** Nothing set. */
  public static SettingLayer empty() {
    return new SettingLayer(new EnumMap<>(Setting.class));
  }

  /**
   * What a configuration file sets.
   *
   * @throws ConfigException for a key that does not exist, among others
   */
  public static SettingLayer ofFile(Path file) {
    return ofFile(file, "");
  }

  /** What a file sets whose keys are those of one section, such as {@code security.}. */
  static SettingLayer ofFile(Path file, String section) {
    SettingLayer layer = empty();
    layer.addSection(file.toString(), section, YamlFile.read(file));
    return layer;
  }

  /** What environment variables set. */
  public static SettingLayer ofEnvironment(Map<String, String> variables) {
    SettingLayer layer = empty();
    for (Setting setting : Setting.values()) {
      layer.put(setting, variables.getOrDefault(setting.variable(), ""), setting.variable());
    }
    return layer;
  }

  /** This and one more value, written {@code where}. */
  public SettingLayer with(Setting setting, Object value, String where) {
    SettingLayer layer = new SettingLayer(new EnumMap<>(values));
    layer.put(setting, value.toString(), where);
    return layer;
  }

  /** This layer, and of the other what this one leaves open. */
  public SettingLayer over(SettingLayer below) {
    Map<Setting, Given> both = new EnumMap<>(below.values);
    both.putAll(values);
    return new SettingLayer(both);
  }

  /** The value of a setting, where it is set. */
  public Optional<Given> find(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  private void put(Setting setting, String text, String where) {
    if (!text.isEmpty()) {
      values.put(setting, new Given(text, where));
    }
  }

  private void addSection(String file, String section, JsonNode node) {
    if (node.isNull()) {
      return;
    }
    if (!node.isObject()) {
      String name = section.isEmpty() ? "the file" : withoutDot(section);
      throw new ConfigException(file + ": " + name + ": expected keys with values");
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      addKey(file, section, entry.getKey(), entry.getValue());
    }
  }

  private void addKey(String file, String section, String name, JsonNode node) {
    String key = section + name;
    Optional<Setting> setting = Setting.ofKey(key);
    if (setting.isPresent()) {
      put(setting.get(), text(file, key, node), file + ": " + key);
    } else if (!Setting.keysBelow(key + ".").isEmpty()) {
      addSection(file, key + ".", node);
    } else {
      throw new ConfigException(
          file
              + ": "
              + key
              + ": no such key; expected one of "
              + String.join(", ", Setting.keysBelow(section)));
    }
  }

  private static String text(String file, String key, JsonNode node) {
    if (node.isNull()) {
      return "";
    }
    if (node.isValueNode()) {
      return node.asString();
    }
    if (!node.isArray() || !node.valueStream().allMatch(JsonNode::isValueNode)) {
      throw new ConfigException(file + ": " + key + ": expected a value, or a list of values");
    }
    List<String> texts = new ArrayList<>();
    node.valueStream().forEach(each -> texts.add(each.asString()));
    return String.join(",", texts);
  }

  private static String withoutDot(String section) {
    return section.substring(0, section.length() - 1);
  }
}
