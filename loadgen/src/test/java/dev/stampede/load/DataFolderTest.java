package dev.stampede.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
  private static final String VARIABLE = "STAMPEDE_JWT_SECRET";

  @TempDir private Path folder;
  private DataFolder data = new DataFolder(Map.of());

  @BeforeEach
  void here() {
    data = new DataFolder(Map.of("STAMPEDE_DATA", folder.toString()));
  }

  @Test
  void nodes_whenSomeRun_areTheirAddresses() throws IOException {
    Files.writeString(
        folder.resolve("run.yaml"),
        """
        pid: 1
        nodes:
          - {name: node-1, http: "http://127.0.0.1:8080", grid: "127.0.0.1:5701", pid: 2}
          - {name: node-2, http: "http://127.0.0.1:8081", grid: "127.0.0.1:5702", pid: 3}
        """);

    assertThat(data.nodes())
        .containsExactly(URI.create("http://127.0.0.1:8080"), URI.create("http://127.0.0.1:8081"));
  }

  @Test
  void nodes_whenNoneRun_areNone() {
    assertThat(data.nodes()).isEmpty();
  }

  @Test
  void secret_inTheEnvironment_comesFirst() throws IOException {
    Files.writeString(data.secrets(), "jwt: filed\n");
    DataFolder set = new DataFolder(Map.of(VARIABLE, "set"));

    assertThat(text(data, "jwt")).contains("filed");
    assertThat(text(set, "jwt")).contains("set");
    assertThat(set.secret(VARIABLE, data.secrets(), "jwt"))
        .hasValueSatisfying(secret -> assertThat(secret.source()).isEqualTo(VARIABLE));
    assertThat(data.secret(VARIABLE, data.secrets(), "jwt"))
        .hasValueSatisfying(
            secret -> assertThat(secret.source()).isEqualTo(data.secrets() + ": jwt"));
    assertThat(data.secret(VARIABLE, data.secrets(), "payment")).isEmpty();
  }

  @Test
  void secret_whenItIsAList_isAsInTheEnvironment() throws IOException {
    Files.writeString(data.secrets(), "payment: [whsec_AAAA, whsec_BBBB]\n");

    assertThat(text(data, "payment")).contains("whsec_AAAA,whsec_BBBB");
  }

  @Test
  void secret_whenItLooksLikeANumber_isTextAsWritten() throws IOException {
    Files.writeString(data.secrets(), "jwt: &k 0017\npayment: 1e3\norderId: *k\n");

    assertThat(text(data, "jwt")).contains("0017");
    assertThat(text(data, "payment")).contains("1e3");
    assertThat(text(data, "orderId")).contains("0017");
  }

  @Test
  void secret_inAMalformedFile_namesTheFile() throws IOException {
    Files.writeString(data.secrets(), "jwt: [\n");

    assertThatExceptionOfType(LoadException.class)
        .isThrownBy(() -> data.secret(VARIABLE, data.secrets(), "jwt"))
        .withMessageContaining("secrets.yaml cannot be read")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ExitCode.ENVIRONMENT));
  }

  private static Optional<String> text(DataFolder data, String key) {
    return data.secret(VARIABLE, data.secrets(), key).map(DataFolder.Secret::text);
  }
}
