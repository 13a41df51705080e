package dev.stampede.build;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. The two tables are the rules; a new package needs a row in the first. */
final class ArchitectureTest {
  private static final String ROOT = "dev.stampede";

  /** Each package of the node and the other packages of ours that it may import. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("sale", Set.of()),
          Map.entry("order", Set.of("sale")),
          Map.entry("stock", Set.of("sale", "order")),
          Map.entry("admission", Set.of("sale", "order")),
          Map.entry("routing", Set.of("sale")),
          Map.entry("members", Set.of()),
          Map.entry("config", Set.of("routing")),
          Map.entry("security", Set.of("sale", "order", "stock")),
          Map.entry("persistence", Set.of("sale", "order", "stock", "config")),
          Map.entry(
              "grid",
              Set.of(
                  "sale",
                  "order",
                  "stock",
                  "routing",
                  "config",
                  "persistence",
                  "members",
                  "hotspot.pipeline")),
          Map.entry("hotspot.pipeline", Set.of()),
          Map.entry("hotspot", Set.of("hotspot.pipeline", "members", "sale", "order", "stock")),
          Map.entry("ops", Set.of("sale", "order", "stock", "admission", "config")),
          Map.entry(
              "http",
              Set.of(
                  "sale", "order", "stock", "admission", "routing", "security", "config", "ops")));

  /** Wire and start everything else, so they may import all of it. */
  private static final Set<String> MAY_KNOW_ALL = Set.of("", "cli");

  private static final List<String> DOMAIN =
      List.of("sale", "order", "stock", "admission", "routing");

  /** A library's packages and the packages of ours that may import them. */
  record Library(List<String> packages, List<String> users) {}

  private static final List<Library> LIBRARIES =
      List.of(
          new Library(
              List.of("com.hazelcast.."),
              List.of("", "members", "grid", "hotspot", "hotspot.pipeline")),
          new Library(
              List.of("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet.."), List.of("http")),
          new Library(
              List.of("java.sql..", "javax.sql..", "com.zaxxer..", "org.flywaydb.."),
              List.of("persistence")),
          new Library(List.of("org.mariadb..", "ch.vorburger.."), List.of("persistence")),
          new Library(List.of("org.apache.kafka.."), List.of("hotspot.pipeline")),
          new Library(List.of("com.nimbusds.."), List.of("security")),
          new Library(List.of("picocli.."), List.of("", "cli")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packages_always_haveARowInTheTable() {
    assertThat(CLASSES.stream().map(ArchitectureTest::shortPackage).distinct())
        .allMatch(name -> MAY_KNOW.containsKey(name) || MAY_KNOW_ALL.contains(name));
  }

  @ParameterizedTest
  @MethodSource("restrictedPackages")
  void packages_always_knowOnlyWhatTheTableAllows(String name) {
    Set<String> known = MAY_KNOW.getOrDefault(name, Set.of());
    check(
        noClasses()
            .that(resideIn(Set.of(name)))
            .should()
            .dependOnClassesThat(
                resideInAPackage(ROOT + "..")
                    .and(not(resideIn(Set.of(name)).or(resideIn(known))))));
  }

  static Stream<String> restrictedPackages() {
    return MAY_KNOW.keySet().stream().sorted();
  }

  @Test
  void packages_always_areFreeOfCycles() {
    check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
  }

  @Test
  void domain_always_isPlainJava() {
    check(
        classes()
            .that(resideIn(DOMAIN))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", ROOT + "..")));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void library_always_isKnownOnlyToItsUsers(Library library) {
    check(
        noClasses()
            .that(resideInAPackage(ROOT + ".."))
            .and(not(resideIn(library.users())))
            .should()
            .dependOnClassesThat(resideInAnyPackage(library.packages().toArray(String[]::new))));
  }

  static Stream<Library> libraries() {
    return LIBRARIES.stream();
  }

  @Test
  void standardStreams_always_belongToTheCommandLine() {
    check(noClasses().that(not(resideIn(MAY_KNOW_ALL))).should(ACCESS_STANDARD_STREAMS));
  }

  @Test
  void reflection_always_isLeftToLibraries() {
    check(noClasses().should().dependOnClassesThat(resideInAPackage("java.lang.reflect..")));
  }

  @Test
  void names_always_sayWhatAClassDoes() {
    check(noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)"));
  }

  @Test
  void loadGenerator_always_isABlackBoxClient() {
    assertThat(SourceFiles.of("loadgen"))
        .allSatisfy(file ->
            assertThat(SourceFiles.read(file).lines())
                .noneMatch(
                    line -> line.matches("import (static )?dev\\.stampede\\.(?!load\\b).*")));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  /** In exactly one of these packages of ours, named as in the tables. */
  private static DescribedPredicate<JavaClass> resideIn(Collection<String> names) {
    return describe(
        "reside in " + names,
        type -> type.getPackageName().startsWith(ROOT) && names.contains(shortPackage(type)));
  }

  /** The package's name in the tables: without the root, which is the empty name. */
  private static String shortPackage(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }
}
