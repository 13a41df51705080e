package dev.stampede.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
  @TempDir private Path folder;

  @Test
  void complete_whenThereAreNone_drawsThemForTheOwnerOnly() throws IOException {
    SecuritySettings drawn = load();

    assertThat(drawn.jwt()).isNotEqualTo(drawn.orderId());
    assertThat(drawn.payment()).singleElement().asString().startsWith("whsec_");
    assertThat(Files.getPosixFilePermissions(folder.resolve("data/secrets.yaml")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void complete_whenThereAreSome_keepsThem() {
    assertThat(load()).isEqualTo(load());
  }

  @Test
  void complete_whenSeveralAskAtOnce_givesAllTheSame() throws Exception {
    List<Callable<SecuritySettings>> askers = Stream.generate(this::asker).limit(16).toList();

    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<SecuritySettings>> answers = threads.invokeAll(askers);

      assertThat(answers.stream().map(SecretsTest::get).distinct()).hasSize(1);
    }
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("secrets.yaml");
    }
  }

  @Test
  void complete_whenAllAreGiven_leavesTheFolderAlone() {
    SettingLayer given = Secrets.complete(SettingLayer.empty(), folder.resolve("data"));

    Secrets.complete(given, folder.resolve("other"));

    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void complete_whenTheFileIsBroken_namesItAndItsKey() throws IOException {
    Path file = folder.resolve("secrets.yaml");
    Files.writeString(file, "jwt: abc\norderId: abc\npayment: abc\n");

    assertThatThrownBy(
            () -> SettingsLoader.loadSecurity(Secrets.complete(SettingLayer.empty(), folder)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + ": security.payment: found something else (not shown)");
  }

  /**
   * What the decoder of Java takes: spare bits that are not zero, no padding; and a list of keys.
   */
  @Test
  void complete_whenASecretIsNotTheOneTextOfItsBytes_namesFileAndKey() throws IOException {
    String good = "A".repeat(43) + "=";
    for (String odd :
        List.of(
            "A".repeat(42) + "B=", "A".repeat(43), "A".repeat(43) + "\\n=", good + "," + good)) {
      for (String key : List.of("jwt", "orderId", "payment", "grid")) {
        String prefix = key.equals("payment") ? "whsec_" : "";
        if (!prefix.isEmpty() && odd.contains(",")) {
          continue;
        }
        assertRefused(good, key, "\"" + prefix + odd + "\"");
      }
    }
    assertRefused(good, "payment", "[whsec_" + good + ", whsec_" + "A".repeat(42) + "B=]");
    assertRefused(good, "payment", "\"whsec_" + good + ",\"");
  }

  private void assertRefused(String good, String key, String value) throws IOException {
    Map<String, String> secrets = new LinkedHashMap<>();
    List.of("jwt", "orderId", "grid").forEach(each -> secrets.put(each, good));
    secrets.put("payment", "whsec_" + good);
    secrets.put(key, value);
    Path file = folder.resolve("secrets.yaml");
    Files.write(
        file, secrets.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());

    assertThatThrownBy(
            () -> SettingsLoader.loadSecurity(Secrets.complete(SettingLayer.empty(), folder)))
        .as(value)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            file + ": security." + key + ": found something else (not shown), expected ");
  }

  @Test
  void complete_whenTheFolderCannotBeMade_saysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), "a file, not a folder");

    assertThatThrownBy(() -> Secrets.complete(SettingLayer.empty(), file))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file.resolve("secrets.yaml") + ": cannot be written: ");
  }

  private Callable<SecuritySettings> asker() {
    return this::load;
  }

  private SecuritySettings load() {
    return SettingsLoader.loadSecurity(
        Secrets.complete(SettingLayer.empty(), folder.resolve("data")));
  }

  private static SecuritySettings get(Future<SecuritySettings> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
