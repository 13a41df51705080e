package dev.stampede.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where things are.
 *
 * @param home the project's folder: settings, jars, samples
 * @param data everything that is written
 */
public record Folders(Path home, Path data) {

  private static final String HOME = "STAMPEDE_HOME";
  private static final String DATA = "STAMPEDE_DATA";

  /** As the launcher says; without it, the folder that the command was started in. */
  static Folders of(Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault(HOME, ""));
    String data = environment.getOrDefault(DATA, "");
    return new Folders(home, data.isEmpty() ? home.resolve("data") : Path.of(data));
  }

  Path settings() {
    return home.resolve("stampede.yaml");
  }

  Path nodeJar() {
    return home.resolve("node/target/stampede-node.jar");
  }

  Path jvmOptions() {
    return home.resolve("node/jvm.options");
  }

  /** What {@link PrepareCommand} makes: it is of use only as long as the jar is the same. */
  Path startCache() {
    return home.resolve("node/target/stampede-node.aot");
  }

  Path loadJar() {
    return home.resolve("loadgen/target/stampede-loadgen.jar");
  }

  Path loadJvmOptions() {
    return home.resolve("loadgen/jvm.options");
  }

  Path sampleSales() {
    return home.resolve("sales/sample.yaml");
  }

  Path log(String process) {
    return data.resolve("logs").resolve(process + ".log");
  }

  /** The program of the JVM that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The same, for processes that are started. */
  Map<String, String> asEnvironment() {
    return Map.of(HOME, home.toAbsolutePath().toString(), DATA, data.toAbsolutePath().toString());
  }
}
