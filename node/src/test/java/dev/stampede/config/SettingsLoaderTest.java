package dev.stampede.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsLoaderTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir private Path folder;

  @Test
  void load_whenOnlyTheShippedFileIsThere_hasItsValues() {
    Settings settings = SettingsLoader.load(shipped());

    assertThat(settings.http()).isEqualTo(new HttpSettings("127.0.0.1", 8080, ""));
    assertThat(settings.cluster().members()).isEmpty();
    assertThat(settings.lane().deadline()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.persistence())
        .isEqualTo(new PersistenceSettings(1_000_000, Duration.ofMinutes(50)));
    assertThat(settings.sale()).isEqualTo(new SaleSettings(1_000, SaleSettings.BY_LIMIT, 60));
    assertThat(settings.payment().durableWithin()).isEqualTo(Duration.ofSeconds(4));
    assertThat(settings.hotspot())
        .isEqualTo(new HotspotSettings(true, 200, 100, 64, Optional.empty()));
    assertThat(settings.database().password()).isEmpty();
  }

  @Test
  void ofEnvironment_always_knowsEveryVariableOfTheShippedFile() throws IOException {
    String text = Files.readString(shippedFile());

    assertThat(Setting.values()).allSatisfy(each -> assertThat(text).contains(each.variable()));
  }

  @Test
  void over_whenSeveralLayersSetAValue_takesTheUppermost() {
    SettingLayer environment = SettingLayer.ofEnvironment(Map.of("STAMPEDE_HTTP_PORT", "9001"));
    SettingLayer flags = SettingLayer.empty().with(Setting.HTTP_PORT, 9002, "--http-port");

    assertThat(SettingsLoader.load(environment.over(shipped())).http().port()).isEqualTo(9001);
    assertThat(SettingsLoader.load(flags.over(environment.over(shipped()))).http().port())
        .isEqualTo(9002);
  }

  @Test
  void ofEnvironment_whenAVariableIsEmpty_takesItAsNotSet() {
    SettingLayer environment = SettingLayer.ofEnvironment(Map.of("STAMPEDE_HTTP_PORT", ""));

    assertThat(environment.find(Setting.HTTP_PORT)).isEmpty();
  }

  @Test
  void ofFile_whenMembersAreAList_keepsThemAll() {
    SettingLayer file = file("cluster: {members: [\"10.0.0.1:5701\", \"[fd00::2]:5701\"]}");

    assertThat(SettingsLoader.load(file.over(shipped())).cluster().members())
        .containsExactly("10.0.0.1:5701", "[fd00::2]:5701");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http: {prot: 1}        | http.prot: no such key; expected one of host, port, url,"
            + " requestDeadline, maxConnections, maxStreamsPerNetwork",
        "htp: {port: 1}         | htp: no such key; expected one of node, http, cluster, database,"
            + " lane, dedicated, persistence, recovery, sale, payment, hotspot, security",
        "http: 8080             | http: expected keys with values",
        "http: {port: {a: 1}}   | http.port: expected a value, or a list of values",
        "- a                    | the file: expected keys with values",
      })
  void ofFile_whenTheShapeIsWrong_namesFileAndKey(String yaml, String expected) {
    assertComplaint(() -> file(yaml), folder.resolve("my.yaml") + ": " + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http: {port: 99999}    | http.port: found \"99999\", expected a whole number from 0 to"
            + " 65535",
        "http: {port: many}     | http.port: found \"many\", expected a whole number from 0 to"
            + " 65535",
        "cluster: {size: 0}     | cluster.size: found \"0\", expected a whole number from 1 to 13",
        "cluster: {members: [a]}| cluster.members: found \"a\", expected addresses host:port",
        "lane: {deadline: 5}    | lane.deadline: found \"5\", expected a time such as 500ms, 5s, 2m"
            + " from 100ms to 1m",
        "lane: {deadline: 5m}   | lane.deadline: found \"5m\", expected a time such as 500ms, 5s,"
            + " 2m from 100ms to 1m",
        "persistence: {maxBacklog: 1} | persistence.maxBacklog: found \"1\", expected a whole"
            + " number from 1000 to 10000000",
        "persistence: {toleratedOutage: 2s} | persistence.toleratedOutage: found \"2s\", expected a"
            + " time such as 500ms, 5s, 2m from 1m to 24h",
        "payment: {durableWithin: 31s} | payment.durableWithin: found \"31s\", expected a time such"
            + " as 500ms, 5s, 2m from 100ms to 30s",
        "sale: {maxOpenOrders: 0} | sale.maxOpenOrders: found \"0\", expected a whole number from 1"
            + " to 1000",
        "hotspot: {enter: 0} | hotspot.enter: found \"0\", expected a whole number from 1 to"
            + " 1000000",
        "hotspot: {leave: 0} | hotspot.leave: found \"0\", expected a whole number from 1 to"
            + " 1000000",
        "hotspot: {top: 1001} | hotspot.top: found \"1001\", expected a whole number from 1 to"
            + " 1000",
        "hotspot: {kafka: {servers: [a]}} | hotspot.kafka.servers: found \"a\", expected addresses"
            + " host:port",
        "hotspot: {kafka: {access: a b}} | hotspot.kafka.access: found \"a b\", expected 1 to 249"
            + " letters, digits and . _ -",
        "database: {url: x}     | database.url: found \"x\", expected"
            + " jdbc:mariadb://HOST:PORT/DATABASE",
        "node: {name: a b}      | node.name: found \"a b\", expected 1 to 40 letters, digits and ."
            + " _ -",
        "node: {role: spare}    | node.role: found \"spare\", expected standard or dedicated",
        "http: {url: 'http://n:80/'} | http.url: found \"http://n:80/\", expected"
            + " http://HOST:PORT, without anything behind",
        "security: {jwt: short} | security.jwt: found something else (not shown), expected BASE64"
            + " of 32 to 1024 random bytes",
      })
  void load_whenAValueIsOutOfRange_saysWhatWasFoundAndExpected(String yaml, String expected) {
    assertComplaint(
        () -> SettingsLoader.load(file(yaml).over(shipped())),
        folder.resolve("my.yaml") + ": " + expected);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "localhost, true",
    "::1, true",
    "10.1.2.3, true",
    "172.31.0.1, true",
    "192.168.0.1, true",
    "169.254.1.1, true",
    "fe80::1, true",
    "fd00::7, true",
    "172.32.0.1, false",
    "8.8.8.8, false",
    "0.0.0.0, false",
    "'::', false",
    "2001:db8::1, false",
  })
  void requirePrivateAddress_ofTheGridsHost_refusesWhatIsPublic(String host, boolean isPrivate) {
    ClusterSettings refusing = cluster(host, false);

    assertThatCode(cluster(host, true)::requirePrivateAddress).doesNotThrowAnyException();
    if (isPrivate) {
      assertThatCode(refusing::requirePrivateAddress).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(refusing::requirePrivateAddress)
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("cluster.host: " + host + " is not a private address")
          .hasMessageContaining("cluster.publicGrid: true");
    }
  }

  private ClusterSettings cluster(String host, boolean open) {
    String yaml = "cluster: {host: '" + host + "', publicGrid: " + open + "}";
    return SettingsLoader.load(file(yaml).over(shipped())).cluster();
  }

  @ParameterizedTest
  @CsvSource({
    "{host: 127.0.0.1}, http://127.0.0.1:9",
    "{host: 0.0.0.0}, http://10.0.0.7:9",
    "{host: '::1'}, http://[::1]:9",
    "{host: '::'}, http://10.0.0.7:9",
    "'{host: 0.0.0.0, url: \"http://shop.example:80\"}', http://shop.example:80",
  })
  void url_ofANode_isWhatIsSetOrWhereItListens(String http, String expected) {
    Settings settings = SettingsLoader.load(file("http: " + http).over(shipped()));

    assertThat(settings.http().url(9, "10.0.0.7")).isEqualTo(expected);
  }

  @Test
  void load_whenAVariableIsWrong_namesTheVariable() {
    SettingLayer environment = SettingLayer.ofEnvironment(Map.of("STAMPEDE_GRID_PORT", "x"));

    assertComplaint(
        () -> SettingsLoader.load(environment.over(shipped())),
        "STAMPEDE_GRID_PORT: found \"x\", expected a whole number from 1 to 65535");
  }

  @Test
  void load_whenAValueIsMissing_namesKeyAndVariable() {
    assertComplaint(
        () -> SettingsLoader.load(SettingLayer.empty()),
        "node.name is not set: expected 1 to 40 letters, digits and . _ -, in stampede.yaml or"
            + " STAMPEDE_NODE_NAME");
  }

  @Test
  void ofFile_whenItIsNoYaml_namesTheLine() {
    assertThatThrownBy(() -> file("http:\n  port: [1"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("my.yaml: line ")
        .hasMessageContaining(": not valid YAML: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void ofFile_whenAKeyStandsTwice_isRefused() {
    assertThatThrownBy(() -> file("http: {port: 1}\nhttp: {port: 2}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 2: the key http stands there twice");
  }

  @Test
  void ofFile_whenAPasswordLooksLikeANumber_isTextAsWritten() {
    SettingLayer layer =
        SettingLayer.ofFile(Path.of("src/test/resources/field/number-like-setting.yaml"));

    assertThat(layer.find(Setting.DATABASE_PASSWORD).map(Given::text)).contains("1.10");
  }

  @Test
  void ofFile_whenThereIsNone_saysSo() {
    Path missing = folder.resolve("none.yaml");

    assertComplaint(() -> SettingLayer.ofFile(missing), missing + ": no such file");
  }

  @Test
  void ofFile_whenItIsEmpty_setsNothing() {
    assertThat(file("# nothing\n").find(Setting.HTTP_PORT)).isEmpty();
  }

  @Test
  void toString_always_hidesSecrets() {
    SettingLayer secret =
        SettingLayer.empty().with(Setting.DATABASE_PASSWORD, "geheim", "here").over(shipped());

    assertThat(SettingsLoader.load(secret).toString()).doesNotContain("geheim").doesNotContain(KEY);
  }

  @Test
  void loadSecurity_whenThereIsAnAudience_hasIt() {
    assertThat(SettingsLoader.loadSecurity(shipped()).audience()).isEmpty();
    assertThat(
            SettingsLoader.loadSecurity(
                    file("security: {audience: 'https://shop.example'}").over(shipped()))
                .audience())
        .isEqualTo("https://shop.example");
    assertThatThrownBy(
            () -> SettingsLoader.loadSecurity(file("security: {audience: a b}").over(shipped())))
        .hasMessageEndingWith(
            "security.audience: found \"a b\", expected 1 to 255 visible ASCII characters without"
                + " \" and \\");
  }

  /** What ships, and what has no default. */
  static SettingLayer shipped() {
    return SettingLayer.empty()
        .with(Setting.DATABASE_URL, "jdbc:mariadb://127.0.0.1:3306/stampede", "test")
        .with(Setting.JWT_SECRET, KEY, "test")
        .with(Setting.ORDER_SECRET, KEY, "test")
        .with(Setting.PAYMENT_SECRETS, "whsec_" + KEY, "test")
        .with(Setting.GRID_SECRET, KEY, "test")
        .over(SettingLayer.ofFile(shippedFile()));
  }

  private static Path shippedFile() {
    Path here = Path.of("stampede.yaml");
    return Files.exists(here) ? here : Path.of("..").resolve(here);
  }

  private SettingLayer file(String yaml) {
    try {
      return SettingLayer.ofFile(Files.writeString(folder.resolve("my.yaml"), yaml));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertComplaint(ThrowingCallable action, String message) {
    assertThatThrownBy(action).isInstanceOf(ConfigException.class).hasMessage(message);
  }
}
