package dev.stampede.config;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One YAML document as a tree whose leaves are text as written, or null: a reader that guesses
 * numbers makes {@code 3.10} the number 3.1, and Jackson's makes an alias the name of its anchor.
 *
 * <p>An alias is what its anchor stands for; both share one node, so aliases of aliases take no
 * memory. Tags are refused, {@code !!str} apart, as are keys that stand twice.
 */
final class YamlTree {

  private static final int MAX_DEPTH = 32;
  private static final String TEXT_TAG = "tag:yaml.org,2002:str";
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String name;
  private final Iterator<Event> events;
  private final Map<Anchor, JsonNode> anchors = new HashMap<>();
  private int depth;

  YamlTree(String name, String text) {
    this.name = name;
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /** The document; an empty mapping where there is none. */
  JsonNode root() {
    try {
      var _ = events.next(); // the begin of the stream
      if (!(events.next() instanceof DocumentStartEvent)) {
        return NODES.objectNode();
      }
      JsonNode root = node(events.next());
      var _ = events.next(); // the end of the document
      Event end = events.next();
      if (end instanceof DocumentStartEvent) {
        throw refusal(end, "a second document; expected one");
      }
      return root.isNull() ? NODES.objectNode() : root;
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      throw invalid(mark.map(YamlTree::line).orElse("") + "not valid YAML: " + e.getProblem());
    } catch (ReaderException e) {
      String point = Integer.toHexString(e.getCodePoint());
      throw invalid("not valid YAML: the character U+" + point + " must be written as an escape");
    } catch (YamlEngineException e) {
      String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw invalid("not valid YAML: " + what);
    }
  }

  private JsonNode node(Event event) {
    JsonNode node =
        switch (event) {
          case AliasEvent alias -> named(alias);
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent start -> {
            refuseTag(start, start.getTag());
            yield sequence(start);
          }
          case MappingStartEvent start -> {
            refuseTag(start, start.getTag());
            yield mapping(start);
          }
          default -> throw refusal(event, "expected a value");
        };
    if (!(event instanceof AliasEvent) && event instanceof NodeEvent anchored) {
      anchored.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
    }
    return node;
  }

  private JsonNode named(AliasEvent alias) {
    JsonNode node = anchors.get(alias.getAlias());
    if (node == null) {
      String word = alias.getAlias().getValue();
      throw refusal(
          alias, "*" + word + " names nothing that stands above it as &" + word + "; quote text");
    }
    return node;
  }

  private JsonNode scalar(ScalarEvent scalar) {
    if (!scalar.getTag().filter(TEXT_TAG::equals).isPresent()) {
      refuseTag(scalar, scalar.getTag());
      if (scalar.isPlain() && NULLS.contains(scalar.getValue())) {
        return NODES.nullNode();
      }
    }
    return NODES.stringNode(scalar.getValue());
  }

  private void refuseTag(Event event, Optional<String> tag) {
    if (tag.isPresent()) {
      throw refusal(event, "the tag " + tag.get() + " is not understood; remove it, or quote text");
    }
  }

  private ArrayNode sequence(Event start) {
    enter(start);
    ArrayNode sequence = NODES.arrayNode();
    for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
      sequence.add(node(next));
    }
    depth--;
    return sequence;
  }

  private ObjectNode mapping(Event start) {
    enter(start);
    ObjectNode mapping = NODES.objectNode();
    for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
      JsonNode key = node(next);
      if (!key.isString()) {
        throw refusal(next, "expected a key");
      }
      if (mapping.has(key.stringValue())) {
        throw refusal(next, "the key " + key.stringValue() + " stands there twice");
      }
      mapping.set(key.stringValue(), node(events.next()));
    }
    depth--;
    return mapping;
  }

  private void enter(Event start) {
    depth++;
    if (depth > MAX_DEPTH) {
      throw refusal(start, "more than " + MAX_DEPTH + " levels");
    }
  }

  private ConfigException refusal(Event at, String what) {
    return invalid(at.getStartMark().map(YamlTree::line).orElse("") + what);
  }

  private ConfigException invalid(String what) {
    return new ConfigException(name + ": " + what);
  }

  private static String line(Mark mark) {
    return "line " + (mark.getLine() + 1) + ": ";
  }
}
