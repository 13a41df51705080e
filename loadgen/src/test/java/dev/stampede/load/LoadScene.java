package dev.stampede.load;

import dev.stampede.load.fake.FakeShop;
import dev.stampede.load.fake.FakeStock;
import dev.stampede.load.fake.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole tool, run against a fake shop of a test. */
abstract class LoadScene {
  static final Duration LONG_HOLD = Duration.ofSeconds(60);

  @TempDir Path folder;
  final StringWriter printed = new StringWriter();

  FakeStock stock(int units, Fault... faults) {
    return new FakeStock("shoe", units, 2, LONG_HOLD, Set.of(faults));
  }

  int run(FakeStock stock, int nodes, String... more) throws IOException {
    try (FakeShop shop = new FakeShop(stock, nodes)) {
      return run(shop, more);
    }
  }

  int run(FakeShop shop, String... more) throws IOException {
    return execute(shop.addresses(), more);
  }

  int execute(List<URI> targets, String... more) throws IOException {
    Path secrets = folder.resolve("secrets.yaml");
    Files.writeString(
        secrets, "jwt: %s\npayment: %s\n".formatted(FakeShop.JWT_SECRET, FakeShop.PAYMENT_SECRET));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("--rate", "300", "--duration", "1s", "--warmup", "100ms", "--think", "100ms"));
    arguments.addAll(List.of("--repeat", "0.2", "--greedy", "0.1", "--seed", "1"));
    arguments.addAll(List.of("--secrets", secrets.toString(), "--report", file("report.json")));
    if (!targets.isEmpty()) {
      arguments.add("--target");
      arguments.add(targets.stream().map(URI::toString).collect(Collectors.joining(",")));
    }
    arguments.addAll(List.of(more));
    return load(arguments.toArray(String[]::new));
  }

  int load(String... arguments) {
    PrintWriter out = new PrintWriter(printed, true);
    return Load.commandLine(new Load(new Stop())).setOut(out).setErr(out).execute(arguments);
  }

  String file(String name) {
    return folder.resolve(name).toString();
  }

  JsonNode report() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(folder.resolve("report.json")));
  }
}
