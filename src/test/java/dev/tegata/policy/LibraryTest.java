package dev.tegata.policy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.explain.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The policy language is of use to somebody who wants nothing else of Tegata.
class LibraryTest {

  @Test
  void a_request_is_decided_in_five_lines() {
    String json =
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::releases/*"}]}
        """;
    Arn object = Arn.object("releases", "tool.tar.gz");
    // From here on as in ARCHITECTURE.md
    Policy policy = Policy.parse(PolicyKind.IDENTITY, json);
    PolicySet policies = PolicySet.identity(List.of(new NamedPolicy("releases", policy)));
    RequestPrincipal root = new RequestPrincipal.Root(new AccountId("123456789012"));
    Request request = new Request(root, "s3:GetObject", object, Context.empty());
    Decision decision = Evaluation.decide(request, policies);
    // as far as here
    assertThat(decision.explanation()).isEqualTo("allowed by releases statement 1");
    assertThat(Explanation.of(request, policies, decision).text())
        .contains("+ Action: `s3:GetObject` matches `s3:GetObject`");
  }

  @Test
  void the_lines_in_the_document_are_those_of_the_test() throws IOException {
    String test = Files.readString(Path.of("src/test/java/dev/tegata/policy/LibraryTest.java"));
    String lines =
        test.lines()
            .dropWhile(line -> !line.strip().equals("// From here on as in ARCHITECTURE.md"))
            .skip(1)
            .takeWhile(line -> !line.strip().equals("// as far as here"))
            .map(String::strip)
            .collect(Collectors.joining("\n", "```java\n", "\n```"));
    assertThat(lines.lines()).hasSize(7);
    assertThat(Files.readString(Path.of("ARCHITECTURE.md"))).contains(lines);
  }

  @Test
  void it_needs_only_identifiers_patterns_and_a_reader_of_json() {
    noClasses()
        .that(
            resideInAnyPackage(
                "dev.tegata.arn..",
                "dev.tegata.match..",
                "dev.tegata.policy..",
                "dev.tegata.explain.."))
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages(
                "dev.tegata.arn..",
                "dev.tegata.match..",
                "dev.tegata.policy..",
                "dev.tegata.explain..",
                "java..",
                "tools.jackson..",
                "org.jspecify.."))
        .check(
            new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("dev.tegata"));
  }
}
