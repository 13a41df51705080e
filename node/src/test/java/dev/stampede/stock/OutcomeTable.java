package dev.stampede.stock;

import static java.util.stream.Collectors.joining;

import dev.stampede.order.Order;
import dev.stampede.order.OrderState;
import dev.stampede.sale.SalePhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What shards answer, as a Markdown table: a row for each situation, a column for each command.
 * Situations of one state with the same answers throughout share a row.
 *
 * @param corner what the rows are about
 * @param scenes the situations
 * @param columns the commands
 */
record OutcomeTable(String corner, List<OutcomeScene> scenes, List<Column> columns) {

  /** The last of these commands, each right after the one before. */
  record Column(String title, boolean late, List<ShardCommand> commands) {

    static Column of(String title, ShardCommand... commands) {
      return new Column(title, false, List.of(commands));
    }

    /** Asked once the deadline of the order has passed. */
    static Column late(String title, ShardCommand command) {
      return new Column(title, true, List.of(command));
    }
  }

  /** Situations with the same answers: every combination of the values of each part. */
  private record Row(Optional<OrderState> order, List<Set<Object>> parts, List<String> cells) {

    boolean holds(OutcomeScene scene, int except) {
      List<Object> its = partsOf(scene);
      return order.equals(scene.order())
          && Stream.iterate(0, i -> i + 1)
              .limit(its.size())
              .allMatch(i -> i == except || parts.get(i).contains(its.get(i)));
    }

    /** This and another as one, where they have the same answers and differ in one part only. */
    Optional<Row> with(Row other) {
      if (!order.equals(other.order) || !cells.equals(other.cells)) {
        return Optional.empty();
      }
      List<Set<Object>> both = new ArrayList<>();
      int different = 0;
      for (int i = 0; i < parts.size(); i++) {
        Set<Object> union = new TreeSet<>(parts.get(i));
        union.addAll(other.parts.get(i));
        both.add(union);
        different += parts.get(i).equals(other.parts.get(i)) ? 0 : 1;
      }
      return different == 1 ? Optional.of(new Row(order, both, cells)) : Optional.empty();
    }
  }

  String markdown() {
    List<String> titles = columns.stream().map(Column::title).toList();
    List<String> lines = new ArrayList<>();
    lines.add(line(corner, titles));
    lines.add("|---".repeat(titles.size() + 1) + "|");
    for (Row row : rows()) {
      lines.add(line(label(row), row.cells()));
    }
    return String.join("\n", lines);
  }

  private static String line(String first, List<String> cells) {
    return Stream.concat(Stream.of(first), cells.stream()).collect(joining(" | ", "| ", " |"));
  }

  // ---- rows

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (OutcomeScene scene : scenes) {
      List<Set<Object>> parts =
          partsOf(scene).stream().<Set<Object>>map(part -> new TreeSet<>(Set.of(part))).toList();
      List<String> cells = columns.stream().map(column -> cell(scene, column)).toList();
      rows.add(new Row(scene.order(), parts, cells));
    }
    while (mergeTwo(rows)) {}
    return rows;
  }

  private static boolean mergeTwo(List<Row> rows) {
    for (int i = 0; i < rows.size(); i++) {
      for (int j = i + 1; j < rows.size(); j++) {
        Optional<Row> both = rows.get(i).with(rows.get(j));
        if (both.isPresent()) {
          rows.set(i, both.get());
          rows.remove(j);
          return true;
        }
      }
    }
    return false;
  }

  private static List<Object> partsOf(OutcomeScene scene) {
    return List.of(scene.sale(), scene.stock(), scene.reduction());
  }

  /** Names the parts on which the row depends: those that exclude a possible situation. */
  private String label(Row row) {
    List<String> names = new ArrayList<>();
    row.order().map(OrderState::name).ifPresent(names::add);
    for (int i = 0; i < row.parts().size(); i++) {
      Set<Object> values = row.parts().get(i);
      if (!values.containsAll(possible(row, i))) {
        names.add(values.stream().map(Object::toString).collect(joining(" / ")));
      }
    }
    return names.isEmpty() ? "any" : String.join(", ", names);
  }

  private Set<Object> possible(Row row, int part) {
    Set<Object> values = new TreeSet<>();
    scenes.stream()
        .filter(scene -> row.holds(scene, part))
        .forEach(scene -> values.add(partsOf(scene).get(part)));
    return values;
  }

  // ---- cells

  private static String cell(OutcomeScene scene, Column column) {
    StockShard shard = scene.shard();
    long now = column.late() ? OutcomeScene.LATE : scene.now();
    List<ShardCommand> commands = column.commands();
    for (ShardCommand command : commands.subList(0, commands.size() - 1)) {
      ShardFixture.execute(shard, now, command, scene.bounds());
    }
    Seen before = Seen.of(shard, now);
    Outcome outcome = ShardFixture.execute(shard, now, commands.getLast(), scene.bounds());
    return words(outcome) + before.changeTo(Seen.of(shard, now));
  }

  private static String words(Outcome outcome) {
    String name = outcome.getClass().getSimpleName();
    return switch (outcome) {
      case Outcome.Reserved it -> name + again(it.replayed());
      case Outcome.Paid it -> name + again(it.replayed());
      case Outcome.RefundDue it -> name + " " + it.reason() + again(it.replayed());
      case Outcome.Cancelled it -> name + again(it.replayed());
      case Outcome.Expired it -> name + " " + it.orders();
      default -> name;
    };
  }

  private static String again(boolean replayed) {
    return replayed ? ", again" : "";
  }

  /** What a command may change. */
  private record Seen(@Nullable OrderState order, SalePhase phase, long free) {

    static Seen of(StockShard shard, long now) {
      Order order = shard.order(OutcomeScene.ORDER);
      return new Seen(
          order == null ? null : order.state(), shard.phase(now), OutcomeScene.free(shard));
    }

    String changeTo(Seen after) {
      return (Objects.equals(order, after.order) ? "" : " → " + after.order)
          + (phase == after.phase ? "" : " → " + after.phase)
          + (free == after.free ? "" : String.format(" %+d", after.free - free));
    }
  }
}
