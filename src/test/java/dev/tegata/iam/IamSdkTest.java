package dev.tegata.iam;

import static dev.tegata.iam.IamServer.ACCOUNT;
import static dev.tegata.iam.IamServer.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.http.HttpResponse;
import dev.tegata.http.Query;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CredentialReportNotPresentException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.ReportStateType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/// The client of AWS's SDK, unmodified, over a transport that does without sockets.
class IamSdkTest {
  @TempDir private Path folder;
  private IamServer server;
  private IamClient iam;

  @BeforeEach
  void open() {
    server = new IamServer(folder);
    iam =
        IamClient.builder()
            .region(Region.AWS_GLOBAL)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(new Transport(server))
            .build();
  }

  @AfterEach
  void close() {
    iam.close();
    server.close();
  }

  private record Transport(IamServer server) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          String form;
          try (InputStream body = request.contentStreamProvider().orElseThrow().newStream()) {
            form = new String(body.readAllBytes(), UTF_8);
          }
          return executed(server.send(Query.parse(form), TestCall.allowingAll(ACCOUNT, NOON)));
        }

        @Override
        public void abort() {}
      };
    }

    private static HttpExecuteResponse executed(HttpResponse answer) {
      SdkHttpResponse.Builder head = SdkHttpResponse.builder().statusCode(answer.status());
      answer.headers().fields().forEach(f -> head.putHeader(f.name(), f.value()));
      return HttpExecuteResponse.builder()
          .response(head.build())
          .responseBody(AbortableInputStream.create(answer.body()))
          .build();
    }

    @Override
    public void close() {}
  }

  @Test
  void a_provider_comes_back_as_it_was_sent() {
    String arn =
        iam.createOpenIDConnectProvider(
                r -> r.url("https://h/p").clientIDList("a", "b").thumbprintList(List.of()))
            .openIDConnectProviderArn();
    GetOpenIdConnectProviderResponse provider =
        iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
    assertThat(provider.url()).isEqualTo("h/p");
    assertThat(provider.clientIDList()).containsExactly("a", "b");
    assertThat(provider.createDate()).isEqualTo(NOON);
    assertThat(provider.hasThumbprintList()).isTrue();
  }

  @Test
  void a_role_comes_back_as_it_was_sent() {
    Tag tag = Tag.builder().key("k").value("é 漢").build();
    iam.createRole(r ->
        r.roleName("deploy")
            .assumeRolePolicyDocument(IamServer.TRUST.formatted("123456789012"))
            .description("a & b")
            .tags(tag));
    Role role = iam.getRole(r -> r.roleName("deploy")).role();
    assertThat(role.description()).isEqualTo("a & b");
    assertThat(role.tags()).containsExactly(tag);
    assertThat(role.roleLastUsed().region()).isNull();
    assertThat(iam.listRolesPaginator().roles()).extracting(Role::roleName).contains("deploy");
    iam.updateRole(r -> r.roleName("deploy").maxSessionDuration(7200));
    iam.deleteRole(r -> r.roleName("deploy"));
  }

  @Test
  void a_credential_report_comes_after_it_was_asked_for() {
    assertThatThrownBy(iam::getCredentialReport)
        .isInstanceOf(CredentialReportNotPresentException.class);
    assertThat(iam.generateCredentialReport().state()).isEqualTo(ReportStateType.STARTED);
    assertThat(iam.generateCredentialReport().state()).isEqualTo(ReportStateType.COMPLETE);
    assertThat(iam.getCredentialReport().content().asUtf8String()).contains("\n<root_account>,");
  }

  @Test
  void refusals_are_the_exceptions_of_the_sdk() {
    assertThatThrownBy(() -> iam.getRole(r -> r.roleName("gone")))
        .isInstanceOfSatisfying(
            NoSuchEntityException.class,
            e -> {
              assertThat(e.requestId()).isEqualTo("01234567-89ab-4def-8123-456789abcdef");
              assertThat(e.awsErrorDetails().errorMessage())
                  .isEqualTo("The role with name gone cannot be found.");
            });
    iam.createOpenIDConnectProvider(r -> r.url("https://h"));
    assertThatThrownBy(() -> iam.createOpenIDConnectProvider(r -> r.url("https://h")))
        .isInstanceOf(EntityAlreadyExistsException.class);
    assertThatThrownBy(() -> iam.listOrganizationsFeatures(r -> {}))
        .isInstanceOfSatisfying(
            IamException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAction"));
  }
}
