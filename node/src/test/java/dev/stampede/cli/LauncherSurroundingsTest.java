package dev.stampede.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in odd folders, environments, shells, and beside odd locks. */
final class LauncherSurroundingsTest {
  private static final String UNSET = "unset";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's a",
        "\"a\" b",
        "$HOME",
        "*",
        "[x] {y}",
        "#1 100%",
        "-x",
        "-",
        "ümläut",
        "a&b;c|d",
        "back\\slash",
        "?x=y",
        "~",
        "a\tb",
        "a!b",
        "(a)",
        "`a`",
        " ",
        "a "
      })
  void command_inAFolderOfAnyName_isHandedOver(String name) throws Exception {
    LauncherProject launcher = new LauncherProject(folder, name);

    assertHandedOver(launcher, launcher.launch("verify"));
    assertHandedOver(launcher, launcher.runIn(launcher.path(""), List.of("./stampede", "verify")));
    assertHandedOver(
        launcher, launcher.runIn(launcher.path(""), List.of("bash", "stampede", "verify")));
    assertHandedOver(launcher, launcher.run(List.of("bash", "--", name + "/stampede", "verify")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a\nb", "a\n", "a!"})
  void command_inAFolderThatAClassPathCannotHold_isRefusedInOneLine(String name) throws Exception {
    LauncherProject launcher = new LauncherProject(folder, name);

    LauncherProject.Ended ended = launcher.launch("verify");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(launcher.mavenCalls()).isEmpty();
  }

  static Stream<Map.Entry<String, String>> variables() {
    return Stream.of(
        entry("CDPATH", ".:/tmp"),
        entry("POSIXLY_CORRECT", "1"),
        entry("SHELLOPTS", "braceexpand:hashall:noclobber:noglob:interactive-comments"),
        entry("SHELLOPTS", "braceexpand:hashall:posix:interactive-comments"),
        entry("BASHOPTS", "failglob:nullglob:nocasematch"),
        entry("BASH_ENV", "FOLDER/startup"),
        entry("IFS", "/"),
        entry("LANG", "tr_TR"),
        entry("LC_ALL", "C"),
        entry("TERM", ""),
        entry("COLUMNS", "1"),
        entry("TMPDIR", "/none such"),
        entry("TMPDIR", "FOLDER/jdk 25"),
        entry("CLASSPATH", "/none.jar"),
        entry("GREP_OPTIONS", "--color=always"),
        entry("http_proxy", "http://192.0.2.1:1"),
        entry("MAVEN_ARGS", "--quiet"),
        entry("MAVEN_CONFIG", "/root/.m2"),
        entry("MAVEN_BASEDIR", "/none"),
        entry("MAVEN_DEBUG_OPTS", "-agentlib:jdwp=transport=dt_socket,suspend=y"),
        entry("MAVEN_OPTS", "-Xmx1g"),
        entry("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC"),
        entry("_JAVA_OPTIONS", "-Xmx8m"),
        entry("JDK_JAVA_OPTIONS", "--version"),
        entry("STAMPEDE_HOME", "/none"),
        entry("STAMPEDE_JAVA_OPTS", ""),
        entry("STAMPEDE_JAVA_HOME", ""),
        entry("STAMPEDE_DATA", ""),
        entry("OPTIONS", "x"),
        entry("LOCK", "x"),
        entry("HOME", ""),
        entry("HOME", UNSET),
        entry("EXECIGNORE", "*"),
        entry("BASH_COMPAT", "3.1"),
        entry("BASH_XTRACEFD", "1"),
        entry("BASH_FUNC_cd%%", "() { echo no; }"),
        entry("BASH_FUNC_unset%%", "() { echo no; }"),
        entry("BASH_FUNC_read%%", "() { echo no; return 1; }"),
        entry("BASH_FUNC_set%%", "() { echo no; return 1; }"),
        entry("BASH_FUNC_exec%%", "() { echo no; }"),
        entry("PWD", "/none"),
        entry("TZ", "nowhere"),
        entry("SECONDS", "x"),
        entry("LD_LIBRARY_PATH", "/none"));
  }

  @ParameterizedTest
  @MethodSource("variables")
  void command_whateverVariablesAreSet_buildsOnceAndIsHandedOver(Map.Entry<String, String> set)
      throws Exception {
    LauncherProject launcher = new LauncherProject(folder);
    Files.writeString(
        folder.resolve("startup"), "set -o noclobber\nshopt -s failglob\nls() { echo no; }\n");
    launcher.environment.put(set.getKey(), set.getValue().replace("FOLDER", folder.toString()));
    launcher.environment.values().remove(UNSET);
    Files.createDirectories(launcher.path("data/logs"));
    Files.writeString(launcher.path("data/logs/build.log"), "of an earlier build");

    List<String> relative = List.of("a project/stampede", "verify");
    LauncherProject.Ended first = launcher.run(relative);
    LauncherProject.Ended second = launcher.run(relative);

    assertHandedOver(launcher, first);
    assertHandedOver(launcher, second);
    assertThat(second.err()).isEmpty();
    assertThat(launcher.mavenCalls())
        .containsExactly("mvn --batch-mode --quiet -Dmaven.test.skip=true package");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "bash", "bash --posix", "zsh", "busybox sh"})
  void command_byAnyShell_isHandedOver(String shell) throws Exception {
    List<String> command = List.of(shell.split(" "));
    assumeTrue(Files.exists(Path.of("/bin", command.getFirst())), "no such shell here");
    LauncherProject launcher = new LauncherProject(folder);
    List<String> line = new ArrayList<>(command);
    line.set(0, "/bin/" + command.getFirst());
    line.addAll(List.of("a project/stampede", "verify"));

    assertHandedOver(launcher, launcher.run(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {". 'a project/stampede' verify", "bash -s verify < 'a project/stampede'"})
  void command_whenSourcedOrPiped_saysHowToCallIt(String script) throws Exception {
    LauncherProject launcher = new LauncherProject(folder);

    LauncherProject.Ended ended = launcher.run(List.of("bash", "-c", script));

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).startsWith("stampede: run this file").hasLineCount(1);
  }

  @Test
  void command_byALinkOfAnotherName_isHandedOver() throws Exception {
    LauncherProject launcher = new LauncherProject(folder);
    Files.createSymbolicLink(folder.resolve("-s"), Path.of("a project/stampede"));

    assertHandedOver(launcher, launcher.run(List.of("./-s", "verify")));
  }

  @Test
  void command_inAFolderThatIsGone_saysSo() throws Exception {
    LauncherProject launcher = new LauncherProject(folder);
    String script = "mkdir gone; cd gone; rmdir ../gone; exec \"$0\" verify";
    String place = launcher.path("stampede").toString();

    launcher.environment.put("PATH", System.getenv("PATH"));
    LauncherProject.Ended ended = launcher.run(List.of("bash", "-c", script, place));

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err()).contains("stampede: the current folder is gone");
  }

  @Test
  void command_always_givesTheJvmAnEncodingThatHoldsAllNames() throws Exception {
    LauncherProject launcher = new LauncherProject(folder);
    launcher.environment.putAll(
        Map.of("LC_ALL", "POSIX", "LANGUAGE", "tr", "SEEN", folder.resolve("seen").toString()));

    launcher.launch("verify");

    assertThat(Files.readString(folder.resolve("seen")))
        .contains("LC_ALL='C.UTF-8'")
        .doesNotContain("LANGUAGE");
  }

  /** An option of one, such as a collector or a port, can be one that its JVMs must not have. */
  @ParameterizedTest
  @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"})
  void jvmOptions_ofAllJvms_reachMavenAndNoneOfOurs(String variable) throws Exception {
    for (String command : List.of("verify", "up", "load")) {
      LauncherProject launcher =
          new LauncherProject(Files.createDirectory(folder.resolve(command)));
      Path seen = folder.resolve(command).resolve("seen");
      launcher.environment.putAll(Map.of(variable, "-XX:+UseG1GC", "SEEN", seen.toString()));

      assertThat(launcher.launch(command).status()).isZero();

      assertThat(Files.readString(seen)).doesNotContain(variable);
      assertThat(launcher.variablesOfMaven()).contains(variable + "='-XX:+UseG1GC'");
    }
  }

  @Test
  void javaOptions_whenTheyHoldPatterns_stayAsTheyAre() throws Exception {
    LauncherProject launcher = new LauncherProject(folder);
    launcher.environment.put("STAMPEDE_JAVA_OPTS", "  -Dx=* -Dy=[a-z]*\n-Dz=$HOME ");

    assertThat(launcher.launch("node").out()).contains("\n-Dx=*\n-Dy=[a-z]*\n-Dz=$HOME\n-jar\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "folder", "words", "0x1@5"})
  void command_whenTheLockIsNoLock_endsAtOnce(String kind) throws Exception {
    LauncherProject launcher = new LauncherProject(folder);
    Path lock = Files.createDirectories(launcher.path("node/target")).resolve("launcher.lock");
    switch (kind) {
      case "file" -> Files.writeString(lock, "1");
      case "folder" -> Files.createDirectory(lock);
      default -> Files.createSymbolicLink(lock, Path.of(kind));
    }

    LauncherProject.Ended ended = launcher.launch("verify");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(ended.err()).contains(lock + " is no lock of a build: remove it.");
  }

  @Test
  void command_whenTheNumberOfABuilderIsUsedAgain_takesItsLock() throws Exception {
    LauncherProject launcher = new LauncherProject(folder);
    Path lock = Files.createDirectories(launcher.path("node/target")).resolve("launcher.lock");
    Files.createSymbolicLink(lock, Path.of("1@1"));
    assertHandedOver(launcher, launcher.launch("verify"));

    Files.delete(launcher.path("node/target/stampede-node.jar"));
    Files.createSymbolicLink(lock, Path.of(String.valueOf(ProcessHandle.current().pid())));
    assertHandedOver(launcher, launcher.launch("verify"));
  }

  private static void assertHandedOver(LauncherProject launcher, LauncherProject.Ended ended) {
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out())
        .endsWith("-jar\n" + launcher.path("node/target/stampede-node.jar") + "\nverify\n");
  }
}
