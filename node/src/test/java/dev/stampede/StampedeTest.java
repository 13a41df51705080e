package dev.stampede;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.cli.TestShell;
import dev.stampede.order.BuyerId;
import dev.stampede.security.Identity;
import dev.stampede.security.TokenVerdict;
import dev.stampede.security.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StampedeTest {
  private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);
  private static final Map<String, String> SECRETS =
      Map.of(
          "STAMPEDE_JWT_SECRET", SECRET,
          "STAMPEDE_ORDER_SECRET", SECRET,
          "STAMPEDE_PAYMENT_SECRET", "whsec_" + SECRET,
          "STAMPEDE_GRID_SECRET", SECRET);

  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "up",
        "node",
        "routes",
        "tokens",
        "verify",
        "db",
        "sale",
        "sale import",
        "sale list",
        "sale show",
        "sale restock",
        "sale withdraw",
        "sale freeze",
        "sale unfreeze",
        "sale close",
        "sale end-order",
        "sale promote",
        "sale demote",
        "dead-letters",
        "dead-letters list",
        "dead-letters retry",
        "hot",
        "hot scan"
      })
  void help_ofEveryCommand_isThere(String command) {
    TestShell shell = shell(Map.of());

    assertThat(execute(shell, command + " --help")).isZero();
    assertThat(shell.out()).contains(("Usage: stampede " + command).strip()).contains("--help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing                       | Unmatched argument",
        "verify --jsn                  | Unknown option: '--jsn'",
        "tokens                        | Missing required option",
        "tokens --count 0              | --count: found 0, expected a number from 1",
        "tokens --count 1 --ttl 5      | --ttl: found \"5\", expected a time",
        "tokens --count 1 --prefix a\7b | --prefix: found \"a\7b\": a buyer id has",
        "up --nodes 14                 | --nodes: found 14, expected a number from 1 to 13",
        "up --nodes 2 --dedicated 2    | --dedicated: found 2, expected a number from 0 to 1",
        "demo --rate 0                 | --rate: found 0, expected a number from 1",
        "demo --kill-one --nodes 2     | --kill-one: found --nodes 2, expected 3 or more",
        "sale show A                   | SALE: found \"A\", expected 1 to 40",
        "sale restock x                | Missing required option",
        "sale end-order a.0.b          | Missing required option",
        "sale end-order a --reason r   | ORDER: found \"a\", expected the id of an order",
        "sale promote x                | Missing required option",
        "sale promote x --before 5     | --before: found \"5\", expected whole seconds from 0s",
        "sale promote x --before 169h  | --before: found \"169h\", expected whole seconds from 0s",
        "sale promote x --before 1ms   | --before: found \"1ms\", expected whole seconds from 0s",
        "sale import none.yaml         | none.yaml: no such file",
        "verify --node here            | --node: found \"here\", expected http://HOST:PORT",
      })
  void execute_whenTheLineIsWrong_saysSoInOneLineAndEndsWith2(String line, String complaint) {
    assertComplaint(shell(SECRETS), line, 2, complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "verify                           | no node runs here: start some by ./stampede up",
        "routes                           | no node runs here",
        "sale list                        | no node runs here",
        "sale list --node http://127.0.0.1:1 | http://127.0.0.1:1 does not answer",
        "node                             | no database: start one together with nodes",
      })
  void execute_whenSomethingIsMissing_saysSoInOneLineAndEndsWith3(String line, String complaint) {
    assertComplaint(shell(SECRETS), line, 3, complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "STAMPEDE_HTTP_PORT,many",
    "STAMPEDE_DB_URL,x",
    "STAMPEDE_JWT_SECRET,short",
  })
  void execute_whenTheConfigurationIsWrong_namesTheVariableAndEndsWith2(String name, String value) {
    TestShell shell = shell(Map.of(name, value));

    assertComplaint(shell, "up", 2, name + ": found ");
  }

  @Test
  void node_whenItsFileIsWrong_namesFileAndKey() throws IOException {
    Path file = Files.writeString(data.resolve("mine.yaml"), "lane: {batches: 5}");

    assertComplaint(
        shell(SECRETS), "node --config " + file, 2, file + ": lane.batches: no such key");
  }

  @Test
  void tokens_always_printsSignedTokensInOrder() {
    TestShell shell = shell(SECRETS);

    int status = execute(shell, "tokens --count 25000 --prefix b --ttl 1m");

    Tokens tokens = new Tokens(SECRET, Clock.systemUTC());
    List<String> lines = shell.out().lines().toList();
    assertThat(status).isZero();
    assertThat(lines).hasSize(25_000).doesNotHaveDuplicates();
    assertThat(tokens.verify(lines.getFirst())).isEqualTo(valid("b1", false));
    assertThat(tokens.verify(lines.getLast())).isEqualTo(valid("b25000", false));
  }

  @Test
  void tokens_withAdmin_carryTheRole() {
    TestShell shell = shell(SECRETS);

    execute(shell, "tokens --count 1 --prefix op --admin");

    assertThat(new Tokens(SECRET, Clock.systemUTC()).verify(shell.out().strip()))
        .isEqualTo(valid("op1", true));
  }

  private static TokenVerdict valid(String buyer, boolean admin) {
    return new TokenVerdict.Valid(new Identity(BuyerId.of(buyer), admin));
  }

  private TestShell shell(Map<String, String> environment) {
    return new TestShell(data, environment);
  }

  private static int execute(TestShell shell, String line) {
    return Stampede.commandLine(shell.shell()).execute(line.strip().split(" ", -1));
  }

  private static void assertComplaint(TestShell shell, String line, int status, String complaint) {
    assertThat(execute(shell, line)).isEqualTo(status);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err()).startsWith("stampede: " + complaint);
  }
}
