package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A project with nothing but the launcher, whose Maven and JDKs are scripts that say what they do.
 */
final class LauncherProject {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final List<String> TOOLS =
      List.of(
          "bash",
          "awk",
          "basename",
          "cat",
          "dirname",
          "find",
          "head",
          "ln",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tail",
          "touch",
          "tr");

  private static final String MAVEN =
      """
      #!/bin/sh
      if [ "$1" = --version ] && [ "$MAVEN_ARGS" = --quiet ]; then echo "${FAKE_MAVEN:-3.8.7}"; exit; fi
      if [ "$1" = --version ]; then echo "Apache Maven ${FAKE_MAVEN:-3.8.7}"; exit; fi
      echo "mvn $MAVEN_CONFIG$MAVEN_BASEDIR$MAVEN_DEBUG_OPTS$*" >> "$MAVEN_CALLS"
      export -p > "$MAVEN_CALLS.variables"
      mkdir -p node/target loadgen/target
      touch node/target/stampede-node.jar loadgen/target/stampede-loadgen.jar
      exit "${FAKE_STATUS:-0}"
      """;

  /** What a run of the launcher came to. */
  record Ended(int status, String out, String err) {}

  /** What the launcher gets for its environment; nothing else. */
  final Map<String, String> environment = new HashMap<>();

  private final Path folder;
  private final Path project;

  LauncherProject(Path folder) throws IOException {
    this(folder, "a project");
  }

  /** A project in a folder of this name. */
  LauncherProject(Path folder, String name) throws IOException {
    this.folder = folder;
    project = Files.createDirectory(folder.resolve(name));
    Files.copy(
        Path.of("..", "stampede"), project.resolve("stampede"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(project.resolve("node/src/main"));
    Path tools = Files.createDirectory(folder.resolve("bin"));
    for (String tool : TOOLS) {
      script(tools.resolve(tool), "#!/bin/sh\nexec " + find(tool) + " \"$@\"\n");
    }
    script(tools.resolve("mvn"), MAVEN);
    environment.put("PATH", tools.toString());
    environment.put("HOME", folder.toString());
    environment.put("MAVEN_CALLS", folder.resolve("calls").toString());
    environment.put("STAMPEDE_JDK_FOLDERS", folder + "/no jdks/*");
    environment.put("JAVA_HOME", jdk("jdk 25", "25.0.1").toString());
  }

  /** A file or folder of the project. */
  Path path(String name) {
    return project.resolve(name);
  }

  Ended launch(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(path("stampede").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  Ended run(List<String> command) throws IOException, InterruptedException {
    return runIn(folder, command);
  }

  /** The same in another current folder; ends what takes longer than a build of these can. */
  Ended runIn(Path current, List<String> command) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(current.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(LIMIT)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + Files.readString(err));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  List<String> mavenCalls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  String variablesOfMaven() throws IOException {
    return Files.readString(folder.resolve("calls.variables"));
  }

  /**
   * Its java prints the folder of the JDK, then its arguments, one a line, and leaves its variables
   * in the file that {@code SEEN} names.
   */
  Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    script(
        home.resolve("bin/java"),
        "#!/bin/sh\n[ -z \"$SEEN\" ] || export -p > \"$SEEN\"\nprintf '%s\\n' \"java "
            + home
            + "\" \"$@\"\n");
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path find(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(part -> Path.of(part, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + tool + " in PATH"));
  }
}
