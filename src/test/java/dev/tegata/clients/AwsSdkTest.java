package dev.tegata.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.server.RunningServer;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleWithWebIdentityCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.ExpiredTokenException;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;
import software.amazon.awssdk.services.sts.model.StsException;

@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsSdkTest {
  private static final AwsCredentialsProvider ROOT = provider(RunningServer.ROOT);

  private Cloud cloud;
  private StsClient anonymous;
  private IamClient iam;
  private S3Client s3;

  @BeforeAll
  void start(@TempDir Path data) {
    cloud = new Cloud(data);
    anonymous = sts(AnonymousCredentialsProvider.create());
    iam =
        IamClient.builder()
            .endpointOverride(URI.create(cloud.url()))
            .region(Region.AWS_GLOBAL)
            .credentialsProvider(ROOT)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    s3 = s3(provider(cloud.session(Cloud.DEPLOY)));
  }

  @AfterAll
  void stop() {
    anonymous.close();
    iam.close();
    s3.close();
    cloud.close();
  }

  private static AwsCredentialsProvider provider(Credentials credentials) {
    String token = credentials.sessionToken();
    String id = credentials.accessKeyId();
    String secret = credentials.secretAccessKey().reveal();
    return StaticCredentialsProvider.create(
        token == null
            ? AwsBasicCredentials.create(id, secret)
            : AwsSessionCredentials.create(id, secret, token));
  }

  private StsClient sts(AwsCredentialsProvider credentials) {
    return StsClient.builder()
        .endpointOverride(URI.create(cloud.url()))
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private S3Client s3(AwsCredentialsProvider credentials) {
    return S3Client.builder()
        .endpointOverride(URI.create(cloud.url()))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(credentials)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private AssumeRoleWithWebIdentityResponse exchange(String role, String token) {
    return anonymous.assumeRoleWithWebIdentity(
        it -> it.roleArn(role).roleSessionName("sdk").webIdentityToken(token));
  }

  @Test
  void a_token_is_exchanged_for_credentials() {
    AssumeRoleWithWebIdentityResponse answer = exchange(Cloud.DEPLOY, cloud.token());
    assertThat(answer.subjectFromWebIdentityToken()).isEqualTo(Cloud.SUBJECT);
    assertThat(answer.audience()).isEqualTo("sts.amazonaws.com");
    assertThat(answer.provider())
        .isEqualTo("arn:aws:iam::123456789012:oidc-provider/" + cloud.issuer().host());
    assertThat(answer.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::123456789012:assumed-role/deploy/sdk");
    AwsSessionCredentials session =
        AwsSessionCredentials.create(
            answer.credentials().accessKeyId(),
            answer.credentials().secretAccessKey(),
            answer.credentials().sessionToken());
    try (StsClient sts = sts(StaticCredentialsProvider.create(session))) {
      assertThat(sts.getCallerIdentity().arn()).isEqualTo(answer.assumedRoleUser().arn());
      assertThat(sts.getCallerIdentity().userId())
          .isEqualTo(answer.assumedRoleUser().assumedRoleId());
    }
  }

  @Test
  void the_provider_of_credentials_does_the_exchange_by_itself() {
    try (StsAssumeRoleWithWebIdentityCredentialsProvider provider =
            StsAssumeRoleWithWebIdentityCredentialsProvider.builder()
                .stsClient(anonymous)
                .refreshRequest(it ->
                    it.roleArn(Cloud.READ_ONLY)
                        .roleSessionName("sdk")
                        .webIdentityToken(cloud.token()))
                .build();
        S3Client reader = s3(provider)) {
      assertThat(reader.listBuckets().buckets()).extracting("name").contains("releases");
      assertThatThrownBy(() -> reader.createBucket(it -> it.bucket("octo-mine")))
          .isInstanceOfSatisfying(
              S3Exception.class,
              fault -> {
                assertThat(fault.statusCode()).isEqualTo(403);
                assertThat(fault.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
              });
    }
  }

  @Test
  void refusals_of_sts_have_the_classes_of_the_sdk() {
    assertThatThrownBy(() -> exchange(Cloud.DEPLOY, "not-a-token"))
        .isInstanceOf(InvalidIdentityTokenException.class);
    assertThatThrownBy(
            () -> exchange(Cloud.DEPLOY, cloud.token(Cloud.SUBJECT, "sts.amazonaws.com", -301)))
        .isInstanceOf(ExpiredTokenException.class);
    assertThatThrownBy(
            () -> exchange(Cloud.DEPLOY, cloud.token("stranger", "sts.amazonaws.com", 300)))
        .isInstanceOfSatisfying(
            StsException.class,
            fault -> {
              assertThat(fault.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
              assertThat(fault.requestId()).isNotEmpty();
            });
  }

  @Test
  void an_object_goes_in_and_comes_out() {
    byte[] bytes = "line\n".repeat(50_000).getBytes(UTF_8);
    s3.putObject(
        it -> it.bucket("releases").key("app/1.0.txt").metadata(java.util.Map.of("by", "sdk")),
        RequestBody.fromBytes(bytes));
    ResponseBytes<GetObjectResponse> whole =
        s3.getObjectAsBytes(it -> it.bucket("releases").key("app/1.0.txt"));
    assertThat(whole.asByteArray()).isEqualTo(bytes);
    assertThat(whole.response().metadata()).containsEntry("by", "sdk");
    assertThat(
            s3.getObjectAsBytes(it -> it.bucket("releases").key("app/1.0.txt").range("bytes=5-8"))
                .asUtf8String())
        .isEqualTo("line");
    assertThat(s3.headObject(it -> it.bucket("releases").key("app/1.0.txt")).contentLength())
        .isEqualTo(bytes.length);
    s3.deleteObject(it -> it.bucket("releases").key("app/1.0.txt"));
    assertThatThrownBy(() -> s3.getObjectAsBytes(it -> it.bucket("releases").key("app/1.0.txt")))
        .isInstanceOf(NoSuchKeyException.class);
  }

  @ParameterizedTest(name = "key {0}")
  @ValueSource(
      strings = {
        "with blank",
        "ä/ö ü.txt",
        "plus+and%2Bpercent",
        "double//slash",
        "/leading",
        "trailing/",
        "a/./b/../c",
        "quote'\"&<>",
        "日本語/手形",
        "question?hash#colon:",
        "~tilde-_.!*()"
      })
  void a_key_may_hold_anything(String key) {
    s3.putObject(it -> it.bucket("releases").key(key), RequestBody.fromString(key));
    assertThat(s3.getObjectAsBytes(it -> it.bucket("releases").key(key)).asUtf8String())
        .isEqualTo(key);
    assertThat(s3.listObjectsV2(it -> it.bucket("releases").prefix(key)).contents())
        .extracting(S3Object::key)
        .containsExactly(key);
    s3.deleteObject(it -> it.bucket("releases").key(key));
  }

  @Test
  void a_stream_is_taken_too() throws IOException {
    byte[] bytes = "streamed\n".repeat(30_000).getBytes(UTF_8);
    try (InputStream in = new java.io.ByteArrayInputStream(bytes)) {
      s3.putObject(
          it -> it.bucket("releases").key("streamed"),
          RequestBody.fromInputStream(in, bytes.length));
    }
    assertThat(s3.getObjectAsBytes(it -> it.bucket("releases").key("streamed")).asByteArray())
        .isEqualTo(bytes);
    s3.deleteObject(it -> it.bucket("releases").key("streamed"));
  }

  @Test
  void a_long_list_comes_in_pages() {
    s3.createBucket(it -> it.bucket("octo-pages"));
    List<String> keys = IntStream.range(0, 5).mapToObj(i -> "key-" + i).toList();
    keys.forEach(key -> s3.putObject(it -> it.bucket("octo-pages").key(key), RequestBody.empty()));
    assertThat(s3.listObjectsV2Paginator(it -> it.bucket("octo-pages").maxKeys(2)).contents())
        .extracting(S3Object::key)
        .containsExactlyElementsOf(keys);
    assertThatThrownBy(() -> s3.deleteBucket(it -> it.bucket("octo-pages")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            fault -> assertThat(fault.awsErrorDetails().errorCode()).isEqualTo("BucketNotEmpty"));
    keys.forEach(key -> s3.deleteObject(it -> it.bucket("octo-pages").key(key)));
    s3.deleteBucket(it -> it.bucket("octo-pages"));
  }

  @Test
  void refusals_of_s3_have_the_classes_of_the_sdk() {
    assertThatThrownBy(() -> s3.listObjectsV2(it -> it.bucket("octo-nowhere")))
        .isInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(() -> s3.headBucket(it -> it.bucket("octo-nowhere")))
        .isInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(() -> s3.headObject(it -> it.bucket("releases").key("nothing")))
        .isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(() -> s3.createBucket(it -> it.bucket("not_a_name")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            fault ->
                assertThat(fault.awsErrorDetails().errorCode()).isEqualTo("InvalidBucketName"));
  }

  @Test
  void a_presigned_url_needs_no_credentials() throws IOException {
    s3.putObject(
        it -> it.bucket("releases").key("a shared+file"), RequestBody.fromString("for everybody"));
    try (S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(URI.create(cloud.url()))
            .region(Region.US_EAST_1)
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .credentialsProvider(provider(cloud.session(Cloud.READ_ONLY)))
            .build()) {
      URI url =
          URI.create(
              presigner
                  .presignGetObject(it ->
                      it.signatureDuration(Duration.ofMinutes(5))
                          .getObjectRequest(get -> get.bucket("releases").key("a shared+file")))
                  .url()
                  .toString());
      try (InputStream in = url.toURL().openStream()) {
        assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("for everybody");
      }
    }
    s3.deleteObject(it -> it.bucket("releases").key("a shared+file"));
  }

  @Test
  void roles_and_providers_are_managed() {
    String provider =
        iam.createOpenIDConnectProvider(
                it -> it.url("https://issuer.example").clientIDList("sts.amazonaws.com"))
            .openIDConnectProviderArn();
    String trust =
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow",
         "Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"%s"}}}\
        """
            .formatted(provider);
    Role role =
        iam.createRole(
                it -> it.roleName("sdk").assumeRolePolicyDocument(trust).description("by the SDK"))
            .role();
    assertThat(role.roleId()).startsWith("AROA");
    iam.attachRolePolicy(
        it -> it.roleName("sdk").policyArn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
    assertThat(iam.getRole(it -> it.roleName("sdk")).role().description()).isEqualTo("by the SDK");
    assertThat(iam.listRolesPaginator(it -> it.maxItems(1)).roles())
        .extracting(Role::roleName)
        .containsExactly("deploy", "read-only", "sdk");
    assertThatThrownBy(
            () -> iam.createRole(it -> it.roleName("sdk").assumeRolePolicyDocument(trust)))
        .isInstanceOf(EntityAlreadyExistsException.class);
    assertThatThrownBy(() -> iam.deleteRole(it -> it.roleName("sdk")))
        .isInstanceOf(DeleteConflictException.class);
    iam.detachRolePolicy(
        it -> it.roleName("sdk").policyArn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
    iam.deleteRole(it -> it.roleName("sdk"));
    iam.deleteOpenIDConnectProvider(it -> it.openIDConnectProviderArn(provider));
    assertThatThrownBy(() -> iam.getRole(it -> it.roleName("sdk")))
        .isInstanceOf(NoSuchEntityException.class);
    assertThatThrownBy(
            () -> iam.createRole(it -> it.roleName("sdk").assumeRolePolicyDocument("{}")))
        .isInstanceOf(MalformedPolicyDocumentException.class);
  }
}
