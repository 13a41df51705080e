package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.persistence.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher: which JDK it takes, when it builds and prepares, what it hands over. */
final class LauncherTest {
  @TempDir Path folder;

  private LauncherProject launcher;

  @BeforeEach
  void createProject() throws IOException {
    launcher = new LauncherProject(folder);
  }

  @Test
  void help_always_listsTheCommandsWithoutABuild() throws Exception {
    launcher.environment.remove("JAVA_HOME");

    for (String[] arguments : List.of(new String[] {}, new String[] {"--help"})) {
      LauncherProject.Ended ended = launcher.launch(arguments);
      assertThat(ended.status()).isZero();
      assertThat(ended.out()).contains("demo", "up", "node", "load", "verify", "sale", "tokens");
    }
    assertThat(launcher.mavenCalls()).isEmpty();
  }

  @Test
  void benchHelp_always_namesEveryBenchmarkWithoutABuild() throws Exception {
    LauncherProject.Ended ended = launcher.launch("bench", "--help");

    assertThat(ended.status()).isZero();
    assertThat(ended.out()).contains(benchmarks());
    assertThat(launcher.mavenCalls()).isEmpty();
  }

  private static List<String> benchmarks() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "jmh"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Benchmark.java"))
          .map(name -> name.replace(".java", ""))
          .toList();
    }
  }

  @Test
  void command_whenUnknown_isAUsageError() throws Exception {
    LauncherProject.Ended ended = launcher.launch("dmeo");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).contains("unknown command 'dmeo'");
    assertThat(launcher.mavenCalls()).isEmpty();
  }

  @Test
  void command_whenThereIsNoNewEnoughJdk_saysWhereItLooked() throws Exception {
    Path old = launcher.jdk("jdk-17", "17.0.15");
    launcher.environment.put("JAVA_HOME", old.toString());

    LauncherProject.Ended ended = launcher.launch("up");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err())
        .contains("no JDK 25 or newer found", "JAVA_HOME=" + old, folder + "/no jdks/*")
        .contains("STAMPEDE_JAVA_HOME");
  }

  @Test
  void command_whenJdkAskedForIsTooOld_refusesIt() throws Exception {
    Path old = launcher.jdk("jdk-17", "17.0.15");
    launcher.environment.put("STAMPEDE_JAVA_HOME", old.toString());

    LauncherProject.Ended ended = launcher.launch("up");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err()).contains("STAMPEDE_JAVA_HOME=" + old + " is not a JDK 25 or newer");
  }

  @Test
  void command_whenJdkIsInAUsualFolder_usesThat() throws Exception {
    launcher.environment.put("JAVA_HOME", launcher.jdk("jdk-17", "17.0.15").toString());
    Path found = launcher.jdk("jdks/temurin 26", "26");
    launcher.environment.put("STAMPEDE_JDK_FOLDERS", folder + "/no jdks/*:" + folder + "/jdks/*");

    assertThat(launcher.launch("verify").out()).startsWith("java " + found);
  }

  @Test
  void command_whenNothingIsBuilt_buildsOnce() throws Exception {
    LauncherProject.Ended first = launcher.launch("sale", "list", "a b");
    LauncherProject.Ended second = launcher.launch("sale", "list");

    assertThat(first.err()).contains("building (once", "built in");
    assertThat(first.out())
        .endsWith(
            "-jar\n" + launcher.path("node/target/stampede-node.jar") + "\nsale\nlist\na b\n");
    assertThat(second.err()).isEmpty();
    assertThat(launcher.mavenCalls())
        .containsExactly("mvn --batch-mode --quiet -Dmaven.test.skip=true package");
  }

  @Test
  void command_whenASourceIsNewerThanTheBuild_buildsAgain() throws Exception {
    launcher.launch("verify");
    Path source = Files.createFile(launcher.path("node/src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    launcher.launch("verify");

    assertThat(launcher.mavenCalls()).hasSize(2);
  }

  @Test
  void command_whenNodesRunFromTheOldBuild_leavesItAlone() throws Exception {
    launcher.launch("verify");
    Path source = Files.createFile(launcher.path("node/src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    ProcessIdentity here = ProcessIdentity.current();
    Files.writeString(launcher.path("data/run.yaml"), runFile(here.pid(), here.started()));

    LauncherProject.Ended ended = launcher.launch("verify");

    assertThat(ended.err()).contains("not rebuilt");
    assertThat(launcher.mavenCalls()).hasSize(1);
  }

  @Test
  void command_whenTheNumberOfTheRunIsUsedAgain_buildsAgain() throws Exception {
    launcher.launch("verify");
    Path source = Files.createFile(launcher.path("node/src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    Files.writeString(launcher.path("data/run.yaml"), runFile(ProcessHandle.current().pid(), "1"));

    launcher.launch("verify");

    assertThat(launcher.mavenCalls()).hasSize(2);
  }

  private static String runFile(long pid, String started) {
    return "pid: " + pid + "\nstarted: \"" + started + "\"\n";
  }

  @Test
  void command_whenTheBuildFails_showsTheLogAndItsPlace() throws Exception {
    launcher.environment.put("FAKE_STATUS", "1");

    LauncherProject.Ended ended = launcher.launch("verify");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err())
        .contains("the build failed", launcher.path("data/logs/build.log").toString());
    assertThat(launcher.launch("verify").status()).as("no lock is left behind").isEqualTo(3);
  }

  @Test
  void command_whenMavenIsTooOld_saysSo() throws Exception {
    launcher.environment.put("FAKE_MAVEN", "3.8.6");

    LauncherProject.Ended ended = launcher.launch("verify");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err()).contains("is version 3.8.6, but 3.8.7 or newer is needed");
  }

  @Test
  void command_whenABuilderWasKilled_takesItsLock() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path lock = Files.createDirectory(launcher.path("node/target")).resolve("launcher.lock");
    Files.createSymbolicLink(lock, Path.of(String.valueOf(gone.pid())));

    assertThat(launcher.launch("verify").status()).isZero();
  }

  @Test
  void node_always_getsItsJvmOptions() throws Exception {
    launcher.environment.put("STAMPEDE_JAVA_OPTS", "-Xmx2g -Dx=y");

    assertThat(launcher.launch("node", "--name", "a").out())
        .contains("@" + launcher.path("node/jvm.options") + "\n-XX:AOTCache=" + startCache() + "\n")
        .contains("\n-Xmx2g\n-Dx=y\n-jar\n")
        .endsWith("node\n--name\na\n");
  }

  @Test
  void node_whenPreparingMakesNothing_startsAllTheSameAndTriesOnlyOnce() throws Exception {
    assertThat(launcher.launch("node").err()).contains("preparing", "nodes will start more slowly");
    assertThat(launcher.launch("up").err()).doesNotContain("prepar");

    assertThat(startCache()).isEmptyFile();
  }

  @Test
  void node_whenJarIsNewerThanItsPreparation_isPreparedAgain() throws Exception {
    assertThat(launcher.launch("node").status()).isZero();
    Files.setLastModifiedTime(startCache(), FileTime.from(Instant.now().minusSeconds(60)));

    assertThat(launcher.launch("up").err()).contains("preparing");
    assertThat(launcher.launch("verify").err()).doesNotContain("prepar");
  }

  @Test
  void command_whenPrepared_startsFromWhatWasLearned() throws Exception {
    assertThat(launcher.launch("sale", "list").out()).doesNotContain("AOTCache");
    Path learned = Files.createFile(launcher.path("node/target/stampede-command.aot"));

    assertThat(launcher.launch("sale", "list").out())
        .contains("-XX:AOTCache=" + learned + "\n-Xlog:aot=off\n")
        .endsWith("sale\nlist\n");
  }

  private Path startCache() {
    return launcher.path("node/target/stampede-node.aot");
  }

  @Test
  void load_always_runsTheLoadGenerator() throws Exception {
    assertThat(launcher.launch("load", "--rate", "10").out())
        .endsWith(
            "-jar\n" + launcher.path("loadgen/target/stampede-loadgen.jar") + "\n--rate\n10\n");
  }

  @Test
  void test_always_passesArgumentsAndStatusOfMaven() throws Exception {
    launcher.environment.put("FAKE_STATUS", "1");

    assertThat(launcher.launch("test", "-Dtest=X").status()).isEqualTo(1);
    assertThat(launcher.mavenCalls()).containsExactly("mvn --batch-mode verify -Dtest=X");
  }

  @Test
  void launcher_whenReachedByALink_findsItsProject() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("linked"), Path.of("a project/stampede"));

    assertThat(launcher.run(List.of(link.toString(), "verify")).out())
        .contains(launcher.path("node/target").toString());
  }
}
