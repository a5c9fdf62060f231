package dev.tegata.aws;

import static dev.tegata.Golden.assertGolden;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.aws.CommonError.InternalFailure;
import dev.tegata.aws.CommonError.InvalidAction;
import dev.tegata.aws.StsError.InvalidIdentityToken;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.Query;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.GetCredentialReportResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

class QueryServiceTest {
  private static final String NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";
  private static final String REQUEST_ID = "01234567-89ab-4def-8123-456789abcdef";

  private final QueryService<String> service =
      new QueryService<>(
          "iam",
          NAMESPACE,
          "2010-05-08",
          List.of(
              QueryOperation.of(
                  "CreateRole",
                  CreateRoleRequest::builder,
                  (CreateRoleRequest request, String caller) -> role(request, caller))));

  private static CreateRoleResponse role(CreateRoleRequest request, String caller) {
    return CreateRoleResponse.builder()
        .role(r ->
            r.path("/")
                .roleName(request.roleName())
                .description("<made & given by " + caller + ">\r\n\u0001")
                .createDate(Instant.parse("2026-11-22T12:00:00.987Z"))
                .maxSessionDuration(3600)
                .tags(request.tags())
                .roleLastUsed(used -> {}))
        .build();
  }

  @Test
  void an_operation_is_found_read_checked_carried_out_and_written() throws IOException {
    Query form =
        Query.parse(
            "Action=CreateRole&Version=2010-05-08&RoleName=deploy&AssumeRolePolicyDocument=%7B%7D"
                + "&Tags.member.1.Key=team&Tags.member.1.Value=");
    assertThat(service.operation(form)).isEqualTo("CreateRole");
    HttpResponse answer = service.answer(form, "Ann", REQUEST_ID);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().first("Content-Type")).contains("text/xml");
    assertThat(answer.headers().first("x-amzn-RequestId")).contains(REQUEST_ID);
    assertGolden("aws/CreateRole.xml", body(answer));
  }

  @Test
  void maps_and_bytes_are_written_as_entries_and_base64() throws IOException {
    assertWritten(
        "GetAccountSummary",
        GetAccountSummaryResponse.builder().summaryMapWithStrings(Map.of("Roles", 2)).build());
    assertWritten(
        "GetCredentialReport",
        GetCredentialReportResponse.builder()
            .content(SdkBytes.fromUtf8String("user,arn\n"))
            .reportFormat("text/csv")
            .build());
  }

  @Test
  void an_answer_without_members_has_an_empty_result() throws IOException {
    assertWritten("UpdateRole", UpdateRoleResponse.builder().build());
  }

  private static void assertWritten(String operation, SdkPojo answer) throws IOException {
    assertGolden(
        "aws/" + operation + ".xml",
        body(QueryProtocol.write(operation, answer, NAMESPACE, REQUEST_ID)));
  }

  @Test
  void a_refusal_has_the_form_of_aws() throws IOException {
    HttpResponse answer = service.refuse(new InvalidIdentityToken("<bad>"), REQUEST_ID);
    assertThat(answer.status()).isEqualTo(400);
    assertGolden("aws/refusal.xml", body(answer));
  }

  @Test
  void a_fault_of_the_server_is_the_receivers() throws IOException {
    assertGolden("aws/failure.xml", body(service.refuse(new InternalFailure(), REQUEST_ID)));
  }

  @Test
  void an_unknown_operation_is_refused_in_a_namespace_of_its_own() throws IOException {
    AwsError error = new InvalidAction("Fly", "2010-05-08");
    assertGolden("aws/invalid-action.xml", body(service.refuse(error, REQUEST_ID)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Action=Fly&Version=2010-05-08 | InvalidAction: Could not find operation Fly for version 2010-05-08
          Action=CreateRole&Version=2011-06-15 | InvalidAction: Could not find operation CreateRole for version 2011-06-15
          Action=CreateRole | InvalidAction: Could not find operation CreateRole for version NO_VERSION_SPECIFIED
          Version=2010-05-08 | MissingAction: The request is missing an action or a required parameter.
          Action=CreateRole&Version=2010-05-08&RoleName=a&AssumeRolePolicyDocument= | ValidationError: 1 validation error detected: Value at 'assumeRolePolicyDocument' failed to satisfy constraint: Member must have length greater than or equal to 1
          """)
  void what_cannot_be_carried_out_is_refused(String form, String expected) {
    assertThatThrownBy(() -> service.answer(Query.parse(form), "Ann", REQUEST_ID))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.error().wire().code() + ": " + refusal.getMessage())
                    .isEqualTo(expected));
  }

  private static String body(HttpResponse answer) throws IOException {
    return new String(answer.body().readAllBytes(), UTF_8);
  }
}
