package dev.stampede;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.cli.TestShell;
import dev.stampede.hotspot.pipeline.SaleAccess;
import dev.stampede.sale.SaleId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code hot scan}, as a user types it. */
final class HotScanTest {
  private static final String LINE =
      "::1 - - [11/Nov/2026:20:00:0%d +0000] \"%s HTTP/1.1\" 200 5 \"-\" \"-\"";

  private static final Path FIELD = Path.of("src/test/resources/field");

  @TempDir private Path folder;

  @Test
  void scan_always_showsTheHottestSalesAndWhatItCouldNotRead() throws IOException {
    Path log = write("a.log", READ.formatted(1), READ.formatted(2), "what", BUY.formatted(2));
    write("b.log", READ.formatted(2), LINE.formatted(3, "GET /api/sales/cool"));

    TestShell shell = run(0, "hot", "scan", log.resolveSibling("*.log").toString());

    assertThat(shell.out().lines())
        .containsExactly(
            "SALE  READS  PURCHASES  TOTAL  SHARE %  PEAK/S  PEAK AT",
            "warm      3          1      4     80.0       3  2026-11-11T20:00:02Z",
            "cool      1          0      1     20.0       1  2026-11-11T20:00:03Z",
            "lines: 6 in files: 2; accesses: 5 to sales: 2",
            "1 of 6 lines are not in the combined format: first in " + log + ":3");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void scan_withJson_printsTheSameForPrograms() throws IOException {
    Path log = write("a.log", READ.formatted(1), BUY.formatted(2), BUY.formatted(4));

    TestShell shell =
        run(
            0,
            "hot",
            "scan",
            log.toString(),
            "--json",
            "--top=1",
            "--since=2026-11-11T20:00:02Z",
            "--until=2026-11-11T20:00:04Z");

    JsonNode root = new JsonMapper().readTree(shell.out());
    assertThat(root.path("lines").asInt()).isEqualTo(3);
    assertThat(root.path("sales").path(0).toString())
        .isEqualTo(
            "{\"sale\":\"warm\",\"reads\":0,\"purchases\":1,\"total\":1,\"share\":1.0,"
                + "\"peakPerSecond\":1,\"peakAt\":\"2026-11-11T20:00:02Z\"}");
  }

  @Test
  void scan_whenNothingWasAskedFor_saysThat() throws IOException {
    Path log = write("a.log", LINE.formatted(1, "GET /"));

    assertThat(run(0, "hot", "scan", log.toString()).out().lines())
        .endsWith("lines: 1 in files: 1; accesses: 0 to sales: 0");
    JsonNode json =
        new JsonMapper().readTree(run(0, "hot", "scan", log.toString(), "--json").out());
    assertThat(json.path("sales").isArray()).isTrue();
  }

  @Test
  void scan_whenNoLineIsOne_endsWith2() throws IOException {
    Path log = write("a.log", "SELECT 1;", "SELECT 2;");

    assertComplaint(
        2,
        "none of 2 lines is in the combined format of nginx: first in " + log + ":1",
        log.toString());
  }

  @Test
  void scan_whenAFileIsMissing_endsWith2() throws IOException {
    Path log = write("a.log", READ.formatted(1));
    Path none = folder.resolve("none.log");

    assertComplaint(2, none + ": no such file", log.toString(), none.toString());
    assertComplaint(2, folder + "/*.gz: no file has such a name", folder + "/*.gz");
    assertComplaint(2, folder + ": a folder; name its files", folder.toString());
  }

  @Test
  void scan_whenAFileIsBroken_endsWith3() throws IOException {
    Path log = folder.resolve("a.gz");
    Files.write(log, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3});

    assertComplaint(3, log + ": cannot be read after line 0: ", log.toString());
  }

  @Test
  void scan_whenLinesEndInCrLf_hasTheSameFigures() throws IOException {
    Path crlf = FIELD.resolve("crlf-access.log");
    Path lf =
        Files.writeString(folder.resolve("lf.log"), Files.readString(crlf).replace("\r\n", "\n"));

    String figures = run(0, "hot", "scan", lf.toString()).out();

    assertThat(figures).doesNotContain("not in the combined format");
    assertThat(run(0, "hot", "scan", crlf.toString()).out()).isEqualTo(figures);
  }

  @Test
  void scan_whenAGzipEndsInTheMiddle_namesItAndEndsWith4() {
    String log = FIELD.resolve("truncated.log.gz").toString();

    TestShell shell = run(4, "hot", "scan", log);

    assertThat(shell.out().lines())
        .contains(
            "lines: 126 in files: 1; accesses: 126 to sales: 2",
            log + ": ends in the middle; what follows is not counted");
    assertThat(run(4, "hot", "scan", log, "--json").out()).contains("\"cutFiles\" : [ \"" + log);
  }

  @Test
  void scan_whateverTheLocale_printsTheSame() throws Exception {
    String[] lines = new String[1_200];
    Arrays.fill(lines, READ.formatted(1));
    Path log = write("l\u00fcge \u2603.log", lines);
    Files.writeString(log, "what\n", StandardOpenOption.APPEND);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Duser.language=ar", "-Duser.country=EG", "-Xmx256m"));
    command.addAll(List.of("-Duser.extensions=u-nu-arab", "-Dstdout.encoding=US-ASCII"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.stampede.Stampede", "hot", "scan", log.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectError(folder.resolve("err").toFile());
    Process process = builder.start();

    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(out).isZero();
    assertThat(out)
        .contains("lines: 1,201 in files: 1; accesses: 1,200", "100.0")
        .contains("first in " + log + ":1201");
  }

  @Test
  void scan_whenLogsComeThroughPipes_readsThem() throws Exception {
    Path log = write("a.log", READ.formatted(1), READ.formatted(2), BUY.formatted(2));
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process writer =
        new ProcessBuilder("sh", "-c", "cat \"$0\" > \"$1\"", log.toString(), pipe.toString())
            .start();
    InputStream before = System.in;
    System.setIn(Files.newInputStream(log));
    try {
      assertThat(run(0, "hot", "scan", pipe.toString(), "-").out())
          .contains("warm      4          2      6", "lines: 6 in files: 2");
    } finally {
      System.setIn(before);
      writer.destroy();
    }
    assertThat(folder).isDirectoryNotContaining("glob:**/scan-*");
  }

  @Test
  void scan_whenAnOptionIsWrong_endsWith2() throws IOException {
    String log = write("a.log", READ.formatted(1)).toString();

    assertComplaint(2, "--top: found 0, expected a number from 1 to 1000", log, "--top=0");
    assertComplaint(2, "--since: found \"today\", expected an instant", log, "--since=today");
  }

  /** A scan may take long: what it needs afterwards is looked for before. */
  @Test
  void scan_whenNobodyIsThereToRegisterWith_endsWith3AtOnce() throws IOException {
    String log = write("a.log", READ.formatted(1)).toString();

    assertComplaint(3, "no node runs here: start some by ./stampede up", log, "--register");
    assertComplaint(2, "--before: found \"soon\"", log, "--register", "--before=soon");
  }

  /** The pipeline knows nothing of the node, so each has its own check. */
  @Test
  void saleNames_always_haveTheFormThatSalesHave() {
    Random random = new Random(3);
    List<String> texts = new ArrayList<>(List.of("", "a".repeat(40), "a".repeat(41)));
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(6); length > 0; length--) {
        text.append("az09--A_\u00e9 ".charAt(random.nextInt(10)));
      }
      texts.add(text.toString());
    }
    assertThat(texts)
        .allSatisfy(
            text -> assertThat(SaleAccess.isSale(text)).as(text).isEqualTo(SaleId.isValid(text)));
  }

  private static final String READ = LINE.replace("%s", "GET /api/sales/warm/stock?x=1");
  private static final String BUY = LINE.replace("%s", "POST /api/sales/warm/orders");

  private Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private TestShell run(int status, String... arguments) {
    TestShell shell = new TestShell(folder, Map.of());
    assertThat(Stampede.commandLine(shell.shell()).execute(arguments)).isEqualTo(status);
    return shell;
  }

  private void assertComplaint(int status, String complaint, String... arguments) {
    List<String> line = new ArrayList<>(List.of("hot", "scan"));
    line.addAll(List.of(arguments));
    TestShell shell = run(status, line.toArray(String[]::new));
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err()).startsWith("stampede: " + complaint);
  }
}
