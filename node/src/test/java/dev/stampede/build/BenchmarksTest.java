package dev.stampede.build;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmarks fit the code that they measure. They are compiled by {@code ./stampede bench}
 * only, with JMH, which is not on the class path here: what concerns its types is left out.
 */
final class BenchmarksTest {

  private static final Pattern JMH_TYPE =
      Pattern.compile("import org\\.openjdk\\.jmh\\.[\\w.]*\\.(\\w+);");

  @TempDir private Path classes;

  @Test
  void benchmarks_always_fitTheCode() {
    List<Path> sources =
        SourceFiles.of("node").stream()
            .filter(file -> SourceFiles.name(file).contains("src/jmh/"))
            .toList();
    assertThat(sources).isNotEmpty();

    assertThat(errors(sources)).isEmpty();
  }

  private List<String> errors(List<Path> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-Xmaxerrs",
            "10000",
            "-XDshould-stop.ifError=FLOW", // looks at all of it, though types of JMH are missing
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"));
    var files =
        compiler
            .getStandardFileManager(found, Locale.ROOT, null)
            .getJavaFileObjectsFromPaths(sources);
    boolean _ = compiler.getTask(null, null, found, options, null, files).call();
    Set<String> jmh = jmhTypes(sources);
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(each -> each.toString())
        .filter(each -> jmh.stream().noneMatch(each::contains))
        .toList();
  }

  private static Set<String> jmhTypes(List<Path> sources) {
    Set<String> types =
        sources.stream()
            .map(SourceFiles::read)
            .flatMap(source -> JMH_TYPE.matcher(source).results())
            .map(type -> type.group(1))
            .flatMap(type -> Stream.of("class " + type, "variable " + type, "package " + type))
            .collect(toSet());
    types.add("org.openjdk.jmh");
    return types;
  }
}
