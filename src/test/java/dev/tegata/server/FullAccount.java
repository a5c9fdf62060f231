package dev.tegata.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.credentials.AuthenticatorApp;
import dev.tegata.iam.SampleMetadata;
import dev.tegata.iam.SamplePem;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// An account of a server that has one of everything. `places` says what a form calls the things
/// whose names come about by chance, such as `${KEY}` for the id of its user's access key.
record FullAccount(RunningServer server, AccountClient owner, Map<String, String> places) {
  static final String ID = "210987654321";

  /// Makes the account on `server`; `issuerHost` is the place `${HOST}`.
  static FullAccount create(RunningServer server, String issuerHost) {
    FullAccount account =
        new FullAccount(server, AccountClient.create(server, ID), new LinkedHashMap<>());
    account.fill(issuerHost);
    return account;
  }

  private void fill(String issuerHost) {
    places.put("A", ID);
    places.put(
        "FEDERATED",
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow",\
        "Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":\
        "arn:aws:iam::210987654321:oidc-provider/provider.example"}}}\
        """);
    places.put("HOST", issuerHost);
    identities();
    credentials();
    owner.succeed("CreateAccountAlias&AccountAlias=team-a");
    owner.succeed("UpdateAccountPasswordPolicy&MinimumPasswordLength=14");
    owner.succeed("EnableOutboundWebIdentityFederation");
    assertThat(server.s3("PUT", "/team-a-bucket", "", owner.credentials()).status()).isEqualTo(200);
    server.s3("PUT", "/team-a-bucket/plan", "confidential", owner.credentials());
    places.put(
        "REVOCATION",
        JsonMapper.shared()
            .readTree(
                api("POST", "revocations", "{\"run\":\"7\",\"reason\":\"confidential\"}").body())
            .path("id")
            .asString());
    owner.succeed("CreateServiceLinkedRole&AWSServiceName=ecs.amazonaws.com");
    owner.succeed("CreateServiceLinkedRole&AWSServiceName=batch.amazonaws.com");
    places.put(
        "TASK",
        owner
            .succeed("DeleteServiceLinkedRole&RoleName=AWSServiceRoleForBatch")
            .text("DeletionTaskId"));
    places.put("SESSION", owner.sts("GetSessionToken").text("AccessKeyId"));
  }

  private void identities() {
    String tag = "&Tags.member.1.Key=plan&Tags.member.1.Value=confidential";
    owner.succeed("CreatePolicy&PolicyName=reader&PolicyDocument=${ALLOW}" + tag);
    String policy = "PolicyArn=arn:aws:iam::" + ID + ":policy/reader";
    owner.succeed("CreatePolicyVersion&" + policy + "&PolicyDocument=${ALLOW}&SetAsDefault=true");
    owner.succeed("CreateUser&UserName=alice" + tag);
    Credentials key = RunningServer.credentials(owner.succeed("CreateAccessKey&UserName=alice"));
    places.put("KEY", key.accessKeyId());
    places.put("ROOTKEY", owner.credentials().accessKeyId());
    places.put(
        "MESSAGE", owner.as(key).iam("ListRoles").header(QueryEndpoint.AUTHORIZATION_MESSAGE));
    owner.succeed("PutUserPolicy&UserName=alice&PolicyName=inline&PolicyDocument=${ALLOW}");
    owner.succeed("AttachUserPolicy&UserName=alice&" + policy);
    owner.succeed("CreateGroup&GroupName=devs");
    owner.succeed("AddUserToGroup&GroupName=devs&UserName=alice");
    owner.succeed("PutGroupPolicy&GroupName=devs&PolicyName=inline&PolicyDocument=${ALLOW}");
    owner.succeed("AttachGroupPolicy&GroupName=devs&" + policy);
    owner.succeed(
        "CreateOpenIDConnectProvider&Url=https://provider.example"
            + "&ClientIDList.member.1=sts.amazonaws.com"
            + tag);
    places.put("SAML", SampleMetadata.document());
    owner.succeed(
        "CreateSAMLProvider&Name=staff&SAMLMetadataDocument=${SAML}" + tag,
        "SAML",
        SampleMetadata.document("ID='confidential'"));
    places.put("CERTIFICATE", SamplePem.read("leaf"));
    places.put("PRIVATE_KEY", SamplePem.read("leaf.key"));
    owner.succeed(
        "UploadServerCertificate&ServerCertificateName=site&CertificateBody=${CERTIFICATE}"
            + "&PrivateKey=${PRIVATE_KEY}"
            + tag,
        "CERTIFICATE",
        SamplePem.read("leaf"),
        "PRIVATE_KEY",
        SamplePem.read("leaf.key"));
    owner.succeed("CreateRole&RoleName=deploy&AssumeRolePolicyDocument=${TRUST}" + tag);
    owner.succeed("PutRolePolicy&RoleName=deploy&PolicyName=inline&PolicyDocument=${ALLOW}");
    owner.succeed("AttachRolePolicy&RoleName=deploy&" + policy);
    owner.succeed("CreateInstanceProfile&InstanceProfileName=machine" + tag);
    owner.succeed("AddRoleToInstanceProfile&InstanceProfileName=machine&RoleName=deploy");
  }

  /// What its user has besides an access key.
  private void credentials() {
    places.put("SSH", file("rsa.pub"));
    places.put("CERTIFICATE", file("certificate-good.pem"));
    String alice = "&UserName=alice";
    owner.succeed("CreateLoginProfile&Password=Correct-horse-1" + alice);
    places.put(
        "SSHKEY",
        owner
            .succeed("UploadSSHPublicKey&SSHPublicKeyBody=${SSH}" + alice, "SSH", places.get("SSH"))
            .text("SSHPublicKeyId"));
    places.put(
        "CERTIFICATEID",
        owner
            .succeed(
                "UploadSigningCertificate&CertificateBody=${CERTIFICATE}" + alice,
                "CERTIFICATE",
                places.get("CERTIFICATE"))
            .text("CertificateId"));
    places.put(
        "SERVICE",
        owner
            .succeed("CreateServiceSpecificCredential&ServiceName=codecommit.amazonaws.com" + alice)
            .text("ServiceSpecificCredentialId"));
    AuthenticatorApp app =
        AuthenticatorApp.of(
            owner
                .succeed(
                    "CreateVirtualMFADevice&VirtualMFADeviceName=phone"
                        + "&Tags.member.1.Key=plan&Tags.member.1.Value=confidential")
                .text("Base32StringSeed"));
    Instant now = WebIdentityCase.NOON;
    owner.succeed(
        "EnableMFADevice&SerialNumber=arn:aws:iam::%s:mfa/phone%s&AuthenticationCode1=%s&AuthenticationCode2=%s"
            .formatted(ID, alice, app.code(now.minusSeconds(30)), app.code(now)));
  }

  private static String file(String name) {
    try {
      return Files.readString(Path.of("src/test/resources/vectors/credentials", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer api(String method, String path, String body) {
    return server.api(method, path, body, owner.credentials());
  }

  /// Everything that the account can see of itself.
  String state() {
    return Stream.concat(
            Stream.of(
                    "GetAccountAuthorizationDetails",
                    "ListAccessKeys&UserName=alice",
                    "GetLoginProfile&UserName=alice",
                    "ListSSHPublicKeys&UserName=alice",
                    "ListSigningCertificates&UserName=alice",
                    "ListServiceSpecificCredentials&UserName=alice",
                    "ListMFADevices&UserName=alice",
                    "ListMFADeviceTags&SerialNumber=arn:aws:iam::" + ID + ":mfa/phone",
                    "ListVirtualMFADevices",
                    "ListAccountAliases",
                    "GetOpenIDConnectProvider&OpenIDConnectProviderArn=arn:aws:iam::"
                        + ID
                        + ":oidc-provider/provider.example",
                    "GetSAMLProvider&SAMLProviderArn=arn:aws:iam::" + ID + ":saml-provider/staff",
                    "GetServerCertificate&ServerCertificateName=site",
                    "GetAccountSummary",
                    "ListInstanceProfiles",
                    "ListGroups",
                    "ListUsers",
                    "ListRoles",
                    "ListPolicyVersions&PolicyArn=arn:aws:iam::" + ID + ":policy/reader",
                    "GetOutboundWebIdentityFederationInfo")
                .map(owner::succeed),
            Stream.of(
                server.s3("GET", "/", "", owner.credentials()),
                server.s3("GET", "/team-a-bucket", "", owner.credentials()),
                server.s3("GET", "/team-a-bucket/plan", "", owner.credentials()),
                api("GET", "revocations", ""),
                server.api("GET", "accounts/" + ID, "", RunningServer.ROOT),
                server.api("GET", "jobs", "", RunningServer.ROOT)))
        .map(answer -> answer.toString().replaceAll("<RequestId>[^<]+<", "<"))
        .collect(Collectors.joining("\n"));
  }
}
