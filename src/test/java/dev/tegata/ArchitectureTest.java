package dev.tegata;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the code to the table in `ARCHITECTURE.md`, which lists the packages from the ground up.
class ArchitectureTest {
  private static final String ROOT = "dev.tegata";
  private static final JavaClasses CODE =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

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
}
