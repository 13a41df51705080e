package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a project of its own, whose Maven and JDKs are scripts that say what they do. */
final class LauncherTest {
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
      if [ "$1" = --version ]; then echo "Apache Maven ${FAKE_MAVEN:-3.8.7}"; exit; fi
      echo "mvn $*" >> "$MAVEN_CALLS"
      mkdir -p node/target loadgen/target
      touch node/target/stampede-node.jar loadgen/target/stampede-loadgen.jar
      exit "${FAKE_STATUS:-0}"
      """;

  /** What a run of the launcher came to. */
  private record Ended(int status, String out, String err) {}

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private Path project;

  @BeforeEach
  void createProject() throws IOException {
    project = Files.createDirectory(folder.resolve("a project"));
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

  @Test
  void help_always_listsTheCommandsWithoutABuild() throws Exception {
    environment.remove("JAVA_HOME");

    for (String[] arguments : List.of(new String[] {}, new String[] {"--help"})) {
      Ended ended = launch(arguments);
      assertThat(ended.status()).isZero();
      assertThat(ended.out()).contains("demo", "up", "node", "load", "verify", "sale", "tokens");
    }
    assertThat(mavenCalls()).isEmpty();
  }

  @Test
  void command_whenUnknown_isAUsageError() throws Exception {
    Ended ended = launch("dmeo");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).contains("unknown command 'dmeo'");
    assertThat(mavenCalls()).isEmpty();
  }

  @Test
  void command_whenThereIsNoNewEnoughJdk_saysWhereItLooked() throws Exception {
    Path old = jdk("jdk-17", "17.0.15");
    environment.put("JAVA_HOME", old.toString());

    Ended ended = launch("up");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err())
        .contains("no JDK 25 or newer found", "JAVA_HOME=" + old, folder + "/no jdks/*")
        .contains("STAMPEDE_JAVA_HOME");
  }

  @Test
  void command_whenJdkAskedForIsTooOld_refusesIt() throws Exception {
    Path old = jdk("jdk-17", "17.0.15");
    environment.put("STAMPEDE_JAVA_HOME", old.toString());

    Ended ended = launch("up");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err()).contains("STAMPEDE_JAVA_HOME=" + old + " is not a JDK 25 or newer");
  }

  @Test
  void command_whenJdkIsInAUsualFolder_usesThat() throws Exception {
    environment.put("JAVA_HOME", jdk("jdk-17", "17.0.15").toString());
    Path found = jdk("jdks/temurin 26", "26");
    environment.put("STAMPEDE_JDK_FOLDERS", folder + "/no jdks/*:" + folder + "/jdks/*");

    assertThat(launch("verify").out()).startsWith("java " + found);
  }

  @Test
  void command_whenNothingIsBuilt_buildsOnce() throws Exception {
    Ended first = launch("sale", "list", "a b");
    Ended second = launch("sale", "list");

    assertThat(first.err()).contains("building (once", "built in");
    assertThat(first.out())
        .endsWith("-jar\n" + project + "/node/target/stampede-node.jar\nsale\nlist\na b\n");
    assertThat(second.err()).isEmpty();
    assertThat(mavenCalls())
        .containsExactly("mvn --batch-mode --quiet -Dmaven.test.skip=true package");
  }

  @Test
  void command_whenASourceIsNewerThanTheBuild_buildsAgain() throws Exception {
    launch("verify");
    Path source = Files.createFile(project.resolve("node/src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    launch("verify");

    assertThat(mavenCalls()).hasSize(2);
  }

  @Test
  void command_whenNodesRunFromTheOldBuild_leavesItAlone() throws Exception {
    launch("verify");
    Path source = Files.createFile(project.resolve("node/src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    Files.writeString(
        project.resolve("data/run.yaml"), "pid: " + ProcessHandle.current().pid() + "\n");

    Ended ended = launch("verify");

    assertThat(ended.err()).contains("not rebuilt");
    assertThat(mavenCalls()).hasSize(1);
  }

  @Test
  void command_whenTheBuildFails_showsTheLogAndItsPlace() throws Exception {
    environment.put("FAKE_STATUS", "1");

    Ended ended = launch("verify");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err()).contains("the build failed", project + "/data/logs/build.log");
    assertThat(launch("verify").status()).as("no lock is left behind").isEqualTo(3);
  }

  @Test
  void command_whenMavenIsTooOld_saysSo() throws Exception {
    environment.put("FAKE_MAVEN", "3.8.6");

    Ended ended = launch("verify");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err()).contains("is version 3.8.6, but 3.8.7 or newer is needed");
  }

  @Test
  void command_whenABuilderWasKilled_takesItsLock() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path lock = Files.createDirectory(project.resolve("node/target")).resolve("launcher.lock");
    Files.createSymbolicLink(lock, Path.of(String.valueOf(gone.pid())));

    assertThat(launch("verify").status()).isZero();
  }

  @Test
  void node_always_getsItsJvmOptions() throws Exception {
    environment.put("STAMPEDE_JAVA_OPTS", "-Xmx2g -Dx=y");

    assertThat(launch("node", "--name", "a").out())
        .contains("@" + project + "/node/jvm.options\n-XX:AOTCache=" + startCache() + "\n")
        .contains("\n-Xmx2g\n-Dx=y\n-jar\n")
        .endsWith("node\n--name\na\n");
  }

  @Test
  void node_whenPreparingMakesNothing_startsAllTheSameAndTriesOnlyOnce() throws Exception {
    assertThat(launch("node").err()).contains("preparing", "nodes will start more slowly");
    assertThat(launch("up").err()).doesNotContain("prepar");

    assertThat(startCache()).isEmptyFile();
  }

  @Test
  void node_whenJarIsNewerThanItsPreparation_isPreparedAgain() throws Exception {
    assertThat(launch("node").status()).isZero();
    Files.setLastModifiedTime(startCache(), FileTime.from(Instant.now().minusSeconds(60)));

    assertThat(launch("up").err()).contains("preparing");
    assertThat(launch("verify").err()).doesNotContain("prepar");
  }

  private Path startCache() {
    return project.resolve("node/target/stampede-node.aot");
  }

  @Test
  void load_always_runsTheLoadGenerator() throws Exception {
    assertThat(launch("load", "--rate", "10").out())
        .endsWith("-jar\n" + project + "/loadgen/target/stampede-loadgen.jar\n--rate\n10\n");
  }

  @Test
  void test_always_passesArgumentsAndStatusOfMaven() throws Exception {
    environment.put("FAKE_STATUS", "1");

    assertThat(launch("test", "-Dtest=X").status()).isEqualTo(1);
    assertThat(mavenCalls()).containsExactly("mvn --batch-mode verify -Dtest=X");
  }

  @Test
  void launcher_whenReachedByALink_findsItsProject() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("linked"), Path.of("a project/stampede"));

    assertThat(run(List.of(link.toString(), "verify")).out()).contains(project + "/node/target/");
  }

  private Ended launch(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(project.resolve("stampede").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Ended run(List<String> command) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int status = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Ended(status, Files.readString(out), Files.readString(err));
  }

  private List<String> mavenCalls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** Its java prints the folder of the JDK, then its arguments, one a line. */
  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"java " + home + "\" \"$@\"\n");
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
