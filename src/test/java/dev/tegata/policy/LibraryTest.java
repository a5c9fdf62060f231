package dev.tegata.policy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The policy language is of use to somebody who wants nothing else of Tegata.
class LibraryTest {

  @Test
  void a_request_is_decided_in_five_lines() {
    Policy policy =
        Policy.parse(
            PolicyKind.IDENTITY,
            """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::releases/*"}]}
            """);
    PolicySet policies = PolicySet.identity(List.of(new NamedPolicy("releases", policy)));
    Arn object = Arn.object("releases", "tool.tar.gz");
    RequestPrincipal root = new RequestPrincipal.Root(new AccountId("123456789012"));
    Request request = new Request(root, "s3:GetObject", object, Context.empty());
    assertThat(Evaluation.decide(request, policies).explanation())
        .isEqualTo("allowed by releases statement 1");
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
