package dev.tegata.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.http.Query;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;

class ConstraintsTest {
  private static final Constraints IAM = Constraints.load("iam");
  private static final Constraints STS = Constraints.load("sts");
  private static final String HEADER =
      "operation\tmember\ttype\trequired\tmin\tmax\tpattern\tenum\tsecret\n";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "/vectors/aws/constraints.tsv", delimiter = '\t', numLinesToSkip = 1)
  void a_violation_is_told_in_the_words_of_aws(String operation, String form, String expected) {
    assertThat(verdict(operation, Query.parse(form))).isEqualTo(expected);
  }

  private static String verdict(String operation, Query form) {
    try {
      Constraints constraints = operation.startsWith("Assume") ? STS : IAM;
      constraints.check(operation, read(operation, form));
      return "valid";
    } catch (Refusal e) {
      return e.error().wire().message();
    }
  }

  private static SdkPojo read(String operation, Query form) {
    return switch (operation) {
      case "AssumeRole" -> QueryProtocol.read(form, AssumeRoleRequest::builder);
      case "AssumeRoleWithWebIdentity" ->
          QueryProtocol.read(form, AssumeRoleWithWebIdentityRequest::builder);
      case "CreateOpenIDConnectProvider" ->
          QueryProtocol.read(form, CreateOpenIdConnectProviderRequest::builder);
      case "CreatePolicy" -> QueryProtocol.read(form, CreatePolicyRequest::builder);
      case "CreateRole" -> QueryProtocol.read(form, CreateRoleRequest::builder);
      case "ListPolicies" -> QueryProtocol.read(form, ListPoliciesRequest::builder);
      default -> throw new IllegalArgumentException(operation);
    };
  }

  @Test
  void a_token_is_never_repeated() {
    AssumeRoleWithWebIdentityRequest request =
        AssumeRoleWithWebIdentityRequest.builder()
            .roleArn("arn:aws:iam::123456789012:role/r")
            .roleSessionName("session")
            .webIdentityToken("secret".repeat(4000))
            .build();
    assertThatThrownBy(() -> STS.check("AssumeRoleWithWebIdentity", request))
        .hasMessage(
            "1 validation error detected: Value at 'webIdentityToken' failed to satisfy constraint:"
                + " Member must have length less than or equal to 20000");
  }

  @Test
  void a_list_that_is_too_long_is_told_without_its_structures() {
    Tag tag = Tag.builder().key("k").value("v").build();
    CreateRoleRequest request =
        CreateRoleRequest.builder()
            .roleName("r")
            .assumeRolePolicyDocument("{}")
            .tags(Collections.nCopies(51, tag))
            .build();
    assertThatThrownBy(() -> IAM.check("CreateRole", request))
        .hasMessage(
            "1 validation error detected: Value at 'tags' failed to satisfy constraint:"
                + " Member must have length less than or equal to 50");
  }

  @Test
  void a_text_that_is_too_long_is_not_matched_against_a_pattern() {
    CreatePolicyRequest request =
        CreatePolicyRequest.builder()
            .policyName("p")
            .policyDocument("{}")
            .path("/a".repeat(1_000_000))
            .build();
    assertThatThrownBy(() -> IAM.check("CreatePolicy", request))
        .hasMessageStartingWith("1 validation error detected: ")
        .hasMessageEndingWith(": Member must have length less than or equal to 512");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "O\tM\ttext",
        "O\tM\tstring\tno",
        "O\tM\tstring\t\tx",
        "O\tM\tstring\t\t\t\t[",
        "O\tM\tstring\t\t\t\t\t\tmaybe"
      })
  void a_bad_row_is_refused(String row) {
    assertThatThrownBy(() -> parse(HEADER + row)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Constraints parse(String table) {
    return Constraints.parse(table, ViolationStyle.WITH_VALUES);
  }

  @Test
  void a_table_without_its_header_or_with_a_row_twice_is_refused() {
    assertThatThrownBy(() -> parse("O\tM\tstring\n")).hasMessageContaining("starts with");
    assertThatThrownBy(() -> parse(HEADER + "O\tM\tstring\tyes\n".repeat(2)))
        .hasMessageContaining("two rows for `O M`");
    assertThatCode(() -> parse(HEADER + "O\tM\tstring\tyes\n")).doesNotThrowAnyException();
  }
}
