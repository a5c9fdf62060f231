package dev.tegata;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the code to the table in `ARCHITECTURE.md`, which lists the packages from the ground up.
class ArchitectureTest {
  private static final String ROOT = "dev.tegata";
  private static final JavaClasses CODE =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

  /// The lower half: values and pure functions. Streams may be handed to it, and it opens none.
  static final String[] GROUND_FLOOR = {
    "http",
    "yaml",
    "arn",
    "aws",
    "sigv4",
    "match",
    "policy",
    "explain",
    "token",
    "github",
    "expression",
    "workflow"
  };

  static List<String> packages() throws IOException {
    return Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
        .matcher(Files.readString(Path.of("ARCHITECTURE.md")))
        .results()
        .map(row -> row.group(1))
        .toList();
  }

  @Test
  void the_table_lists_every_package() throws IOException {
    assertThat(CODE.getPackage(ROOT).getSubpackages())
        .extracting(JavaPackage::getRelativeName)
        .containsExactlyInAnyOrderElementsOf(packages());
  }

  @ParameterizedTest(name = "{0} uses only what stands below it")
  @MethodSource("packages")
  void a_package_uses_only_what_stands_below_it(String name) throws IOException {
    List<String> all = packages();
    String[] above =
        all.subList(all.indexOf(name) + 1, all.size()).stream()
            .map(other -> ROOT + "." + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that(resideInAnyPackage(ROOT + "." + name + ".."))
        .should()
        .dependOnClassesThat(resideInAnyPackage(above))
        .check(CODE);
  }

  @Test
  void nobody_but_the_server_reads_the_system_clock() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".server..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CODE);
  }

  @Test
  void no_class_is_named_after_what_it_is_not() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Base|Misc)")
        .check(CODE);
  }

  @ParameterizedTest(name = "{0} opens no file, no socket and no thread")
  @FieldSource("GROUND_FLOOR")
  void the_ground_floor_opens_nothing(String name) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.sql..")
                .or(resideInAPackage("java.net").and(not(equivalentTo(URI.class))))
                .or(equivalentTo(File.class))
                .or(equivalentTo(FileInputStream.class))
                .or(equivalentTo(FileOutputStream.class))
                .or(equivalentTo(Thread.class)))
        .check(CODE);
  }

  @Test
  void only_the_command_line_prints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CODE);
  }

  @Test
  void a_package_has_at_most_twenty_five_files() throws IOException {
    assertThat(
            sources().stream()
                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
        .allSatisfy(
            (folder, files) -> assertThat(files).as(folder.toString()).isLessThanOrEqualTo(25));
  }

  @Test
  void a_file_has_at_most_four_hundred_lines() throws IOException {
    assertThat(sources())
        .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(400));
  }

  @Test
  void every_suppressed_warning_has_its_reason() throws IOException {
    assertThat(sources())
        .allSatisfy(file ->
            assertThat(Files.readAllLines(file))
                .filteredOn(line -> line.contains("@SuppressWarnings"))
                .allSatisfy(line -> assertThat(line).contains("// because")));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
