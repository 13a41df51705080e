package dev.stampede.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class YamlFileTest {
  private static final Path FIELD = Path.of("src/test/resources/field");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.10",
        "1e3",
        "1_000",
        "0x1F",
        "010",
        "0o17",
        "+1",
        ".5",
        "5.",
        "1.10",
        ".inf",
        ".NaN",
        "true",
        "True",
        "yes",
        "NO",
        "2026-01-01",
        "12:30:45",
        "90071992547409.93",
        "-0",
        "123456789012345678901234567890",
        "<<",
        "="
      })
  void read_whenAPlainScalarLooksLikeAnotherType_isTextAsWritten(String text) {
    assertThat(read("a: " + text).path("a").stringValue()).isEqualTo(text);
    assertThat(read("a: '" + text + "'").path("a").stringValue()).isEqualTo(text);
    assertThat(read("a: !!str " + text).path("a").stringValue()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void read_whenAPlainScalarIsNull_isNullAndQuotedIsText(String text) {
    assertThat(read("a: " + text).path("a").isNull()).isTrue();
    assertThat(read("a: '" + text + "'").path("a").stringValue()).isEqualTo(text);
  }

  @Test
  void read_whenThereAreAliases_resolvesThem() {
    JsonNode root = read("a: &x Silver print\nb: *x\nc: &l [1.0, *x]\nd: *l\n&k e: 1\nf: *k");

    assertThat(root.path("b").stringValue()).isEqualTo("Silver print");
    assertThat(root.path("d").path(0).stringValue()).isEqualTo("1.0");
    assertThat(root.path("d").path(1).stringValue()).isEqualTo("Silver print");
  }

  @Test
  void read_whenAliasesMultiply_takesNoMemoryForThem() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 20; i++) {
      String below = "*a" + (i - 1);
      text.append("a%d: &a%d [%s]\n".formatted(i, i, (below + ", ").repeat(9) + below));
    }

    assertThat(read(text.toString()).size()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'x: 1\na: *t'           | line 2: *t names nothing that stands above it",
        "'a: &t [*t]'            | line 1: *t names nothing that stands above it",
        "'x: 1\na: !!int 3'      | line 2: the tag tag:yaml.org,2002:int is not understood",
        "'a: !!binary aGk='      | line 1: the tag tag:yaml.org,2002:binary is not understood",
        "'a: !secret 3'          | line 1: the tag !secret is not understood",
        "'a: !!set {b}'          | line 1: the tag tag:yaml.org,2002:set is not understood",
        "'a: 1\nb: 2\na: 3'      | line 3: the key a stands there twice",
        "'a: 1\n---\nb: 2'       | line 2: a second document",
        "'a: b: c'               | line 1: not valid YAML: mapping values are not allowed here",
        "'a: 1\n\tb: 2'          | line 2: not valid YAML: ",
        "'a: 1\n? [b]\n: 2'      | line 2: expected a key",
        "'a: \u0007'             | not valid YAML: the character U+7 must be written as an escape",
      })
  void read_whenTheTextIsRefused_saysWhyAndInWhichLine(String text, String complaint) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file() + ": " + complaint)
        .hasMessageNotContaining("\n");
  }

  @Test
  void read_whenNestedTooDeep_isRefused() {
    assertThatThrownBy(() -> read("[".repeat(100_000))).hasMessageContaining("more than 32 levels");
  }

  @Test
  void read_whenItBeginsWithAByteOrderMark_ignoresIt() {
    assertThat(read("\uFEFFa: x").path("a").stringValue()).isEqualTo("x");
  }

  @Test
  void read_whenTheFileIsUtf16_saysSo() {
    Path file = FIELD.resolve("utf16.yaml");

    assertThatThrownBy(() -> YamlFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            file
                + ": line 1: not UTF-8: byte 0xFF at offset 0 (it is UTF-16);"
                + " save the file as UTF-8");
  }

  @Test
  void read_whenTheFileIsWindows1252_saysWhere() {
    Path file = FIELD.resolve("windows1252.yaml");

    assertThatThrownBy(() -> YamlFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": line 3: not UTF-8: byte 0xE9 at offset 36; save the file as UTF-8");
  }

  @Test
  void read_whenUtf8EndsInTheMiddle_saysWhere() throws IOException {
    Files.write(file(), "a: ü".getBytes(StandardCharsets.UTF_8));
    byte[] cut = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(cut, cut.length - 1));

    assertThatThrownBy(() -> YamlFile.read(file()))
        .hasMessageContaining("line 1: not UTF-8: byte 0xC3 at offset 3");
  }

  @Test
  void read_whenThereIsNoFile_saysSo() {
    assertThatThrownBy(() -> YamlFile.read(folder.resolve("none.yaml")))
        .hasMessage(folder.resolve("none.yaml") + ": no such file");
  }

  @Test
  void read_whenItIsAFolder_saysSo() {
    assertThatThrownBy(() -> YamlFile.read(folder))
        .hasMessage(folder + ": is a folder; expected a file");
  }

  @Test
  void read_whenItMayNotBeRead_saysSo() throws IOException {
    Files.writeString(file(), "a: 1");
    Files.setPosixFilePermissions(file(), Set.of());
    assumeFalse(Files.isReadable(file()), "root reads all");

    assertThatThrownBy(() -> YamlFile.read(file()))
        .hasMessage(file() + ": this user may not read it");
  }

  private JsonNode read(String text) {
    try {
      return YamlFile.read(Files.writeString(file(), text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path file() {
    return folder.resolve("my.yaml");
  }
}
