package dev.stampede.load.verdict;

import dev.stampede.load.verdict.Violation.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects violations while a run is judged; keeps a few examples of each kind and counts all. */
final class Findings {
  private static final int EXAMPLES = 5;

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final Map<Kind, List<String>> examples = new EnumMap<>(Kind.class);
  private final List<String> notes = new ArrayList<>();

  void violation(Kind kind, String example) {
    counts.merge(kind, 1L, Long::sum);
    List<String> kept = examples.computeIfAbsent(kind, _ -> new ArrayList<>());
    if (kept.size() < EXAMPLES) {
      kept.add(example);
    }
  }

  void note(String note) {
    notes.add(note);
  }

  List<Violation> violations() {
    return counts.entrySet().stream()
        .map(e -> new Violation(e.getKey(), e.getValue(), examplesOf(e.getKey())))
        .toList();
  }

  private List<String> examplesOf(Kind kind) {
    return List.copyOf(examples.getOrDefault(kind, List.of()));
  }

  List<String> notes() {
    return List.copyOf(notes);
  }
}
