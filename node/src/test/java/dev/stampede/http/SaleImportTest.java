package dev.stampede.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.cli.CommandException;
import dev.stampede.cli.SaleCommand;
import dev.stampede.cli.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code sale import}, with a real API. */
final class SaleImportTest extends ApiTest {
  private static final String SECRET =
      Base64.getEncoder().encodeToString("token-token-token-token-token-to".getBytes(UTF_8));

  @TempDir private Path folder;

  @Test
  void import_whenDoneTwice_namesEachSaleAndSaysWhatDiffers() throws IOException {
    String first = fresh("twice");
    String second = fresh("twice");
    Path file = write(entry(first), entry(second));
    assertThat(importFile(0, file).out())
        .isEqualTo(first + ": published, 10 units\n" + second + ": published, 10 units\n");

    assertThat(importFile(0, file).out())
        .isEqualTo(
            first
                + ": was published before, 10 units\n"
                + second
                + ": was published before, 10 units\n");

    Path other =
        write(
            entry(first).replace("title: X", "title: Y").replace("quantity: 10", "quantity: 11"),
            entry(second));
    assertThat(importFile(1, other).out())
        .isEqualTo(
            first
                + ": another sale has this id: title is \"X\" there, \"Y\" in the file,"
                + " quantity is \"10\" there, \"11\" in the file\n"
                + second
                + ": was published before, 10 units\n");
  }

  @Test
  void import_whenASaleIsOverAlready_publishesNothing() throws IOException {
    String id = fresh("fine");
    Path file = write(entry(id));
    String over = Files.readString(Path.of("src/test/resources/field/already-over.yaml"));
    Files.writeString(file, Files.readString(file) + over.substring("sales:\n".length()));

    assertThat(importFile(2, file).err())
        .isEqualTo(
            file
                + ": past-1: closesAt is in the past: 2025-11-29T12:00:00Z."
                + " Nothing was published\n");
    assertThat(get("/api/sales/" + id).statusCode()).isEqualTo(404);
    assertThat(get("/api/sales/past-1").statusCode()).isEqualTo(404);
  }

  @Test
  void import_whenASaleOpensInMoreThanAYear_asksForFar() throws IOException {
    String id = fresh("far");
    String opens = Instant.now().plus(Duration.ofDays(400)).toString();
    Path file = write(entry(id).replace("2020-01-01T10:00:00Z", opens));

    assertThat(importFile(2, file).err())
        .contains(id + ": opensAt is more than a year away: 20", "if that is meant, add --far");
    assertThat(importFile(0, file, "--far").out()).contains(id + ": published");
  }

  private static String entry(String id) {
    return """
      - id: %s
        title: X
        price: 9.90
        currency: EUR
        quantity: 10
        opensAt: 2020-01-01T10:00:00Z
        closesAt: 2099-01-01T10:00:00Z
        limitPerBuyer: 2
        reduction: RESERVE
        hold: 60s
    """
        .formatted(id);
  }

  private Path write(String... entries) throws IOException {
    return Files.writeString(folder.resolve("sales.yaml"), "sales:\n" + String.join("", entries));
  }

  private TestShell importFile(int status, Path file, String... options) {
    TestShell shell = new TestShell(folder, Map.of("STAMPEDE_JWT_SECRET", SECRET));
    List<String> line = new ArrayList<>(List.of("import", file.toString(), "--node"));
    line.add("http://127.0.0.1:" + server.http.port());
    line.addAll(List.of(options));
    CommandLine commands =
        new CommandLine(new SaleCommand(shell.shell()))
            .setExecutionExceptionHandler((e, command, parsed) -> {
              shell.shell().err().println(e.getMessage());
              return Optional.of(e)
                  .filter(CommandException.class::isInstance)
                  .map(known -> ((CommandException) known).exitCode())
                  .orElseThrow(() -> new AssertionError(e));
            });
    assertThat(commands.execute(line.toArray(String[]::new))).as(shell.err()).isEqualTo(status);
    return shell;
  }
}
