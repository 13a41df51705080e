package dev.stampede.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The form of the sources: format, length, and what is never written. */
final class TidyTest {
  private static final int MAX_LINES = 300;
  private static final boolean WRITE = Boolean.getBoolean("tidy.write");
  private static final String MEND =
      "mvn test -pl node -am -Dtest=TidyTest -Dtidy.write=true   # formats these files";

  // Written with brackets so that this file does not find itself.
  private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(T[O]DO|F[I]XME)\\b");
  private static final Pattern CATCH_ALL =
      Pattern.compile("catch \\((final )?(Exception|Throwable)\\b");
  private static final Pattern CASE_OF_THE_LOCALE = Pattern.compile("[.]to(Lower|Upper)Case\\(\\)");
  private static final Pattern SLEEP = Pattern.compile("\\bThread[.]sleep\\(");

  private final Formatter formatter = new Formatter();

  @Test
  void sources_always_areFormatted() {
    List<Path> untidy =
        SourceFiles.all().parallelStream().filter(file -> !isFormatted(file)).toList();

    assertThat(untidy.stream().map(SourceFiles::name)).as(MEND).isEmpty();
  }

  @Test
  void sources_always_areShort() {
    assertNone(SourceFiles.all(), file -> SourceFiles.read(file).lines().count() > MAX_LINES);
  }

  @Test
  void sources_always_leaveNothingForLater() {
    assertNone(SourceFiles.all(), contain(LEFT_FOR_LATER));
  }

  @Test
  void productCode_always_catchesOnlyWhatItExpects() {
    assertNone(in("main"), contain(CATCH_ALL));
  }

  /** In Turkish, I is not the capital of i. */
  @Test
  void productCode_always_changesCaseWithoutTheLocale() {
    assertNone(in("main"), contain(CASE_OF_THE_LOCALE));
  }

  @Test
  void tests_always_waitForConditionsNotForTime() {
    assertNone(in("test"), contain(SLEEP));
  }

  @Test
  void packages_always_areDescribedAndNullMarked() {
    assertNone(in("main"), file -> !isDescribed(file));
  }

  private boolean isFormatted(Path file) {
    String source = SourceFiles.read(file);
    String formatted = format(file, source);
    if (WRITE && !formatted.equals(source)) {
      SourceFiles.write(file, formatted);
    }
    return WRITE || formatted.equals(source);
  }

  private String format(Path file, String source) {
    try {
      return formatter.formatSourceAndFixImports(source);
    } catch (FormatterException e) {
      throw new AssertionError(SourceFiles.name(file) + ": " + e.getMessage(), e);
    }
  }

  private static boolean isDescribed(Path file) {
    Path description = file.resolveSibling("package-info.java");
    return Files.exists(description) && SourceFiles.read(description).contains("@NullMarked");
  }

  private static List<Path> in(String set) {
    Path part = Path.of("src", set, "java");
    return SourceFiles.all().stream().filter(file -> file.toString().contains("/" + part)).toList();
  }

  private static Predicate<Path> contain(Pattern pattern) {
    return file -> pattern.matcher(SourceFiles.read(file)).find();
  }

  private static void assertNone(List<Path> files, Predicate<Path> fault) {
    assertThat(files.stream().filter(fault).map(SourceFiles::name)).isEmpty();
  }
}
