package dev.tegata.clients;

import dev.tegata.arn.AccountId;
import dev.tegata.server.Answer;
import dev.tegata.server.ForeignIssuer;
import dev.tegata.server.RunningServer;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A server with an issuer that it trusts, two roles and a bucket, on the clock of the clients.
final class Cloud implements AutoCloseable {
  static final AccountId ACCOUNT = RunningServer.ACCOUNT;
  static final String DEPLOY = "arn:aws:iam::123456789012:role/deploy";
  static final String READ_ONLY = "arn:aws:iam::123456789012:role/read-only";
  static final String SUBJECT = "repo:octo-org/app:ref:refs/heads/main";

  private static final String TEMPLATE =
      """
      Parameters:
        Issuer: {Type: String}
        Host: {Type: String}
      Resources:
        Provider:
          Type: AWS::IAM::OIDCProvider
          Properties:
            Url: !Ref Issuer
            ClientIdList: [sts.amazonaws.com]
        Deploy:
          Type: AWS::IAM::Role
          Properties:
            RoleName: deploy
            AssumeRolePolicyDocument:
              Fn::Sub: |
                {"Version": "2012-10-17", "Statement": {
                  "Effect": "Allow",
                  "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "${Provider}"},
                  "Condition": {"StringEquals": {
                    "${Host}:sub": "repo:octo-org/app:ref:refs/heads/main"}}}}
            ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonS3FullAccess]
        ReadOnly:
          Type: AWS::IAM::Role
          Properties:
            RoleName: read-only
            AssumeRolePolicyDocument:
              Fn::Sub: |
                {"Version": "2012-10-17", "Statement": {
                  "Effect": "Allow",
                  "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "${Provider}"},
                  "Condition": {"StringEquals": {
                    "${Host}:sub": "repo:octo-org/app:ref:refs/heads/main"}}}}
            ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess]
        Releases:
          Type: AWS::S3::Bucket
          Properties:
            BucketName: releases
      """;

  private final ForeignIssuer issuer = new ForeignIssuer();
  private final RunningServer running;

  Cloud(Path data) {
    running = RunningServer.start(data, "", Clock.systemUTC());
    running.create(TEMPLATE, Map.of("Issuer", issuer.url(), "Host", issuer.host()));
  }

  String url() {
    return running.url().toString();
  }

  RunningServer running() {
    return running;
  }

  ForeignIssuer issuer() {
    return issuer;
  }

  /// A token that the two roles trust.
  String token() {
    return token(SUBJECT, "sts.amazonaws.com", 300);
  }

  /// A token of the trusted issuer that ends `seconds` from now.
  String token(String subject, String audience, long seconds) {
    long now = Instant.now().getEpochSecond();
    return issuer.token(
        """
        {"iss":"%s","sub":"%s","aud":"%s","iat":%d,"exp":%d}\
        """
            .formatted(issuer.url(), subject, audience, now, now + seconds));
  }

  /// Credentials of a session of `role`.
  Credentials session(String role) {
    Answer answer = running.exchange(role, "session", token());
    return RunningServer.credentials(answer);
  }

  /// A program in `folder` with `credentials` in its environment.
  Program program(Path folder, Credentials credentials) {
    Program program =
        Program.at(url(), folder)
            .with("AWS_ACCESS_KEY_ID", credentials.accessKeyId())
            .with("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey().reveal());
    return Optional.ofNullable(credentials.sessionToken())
        .map(token -> program.with("AWS_SESSION_TOKEN", token))
        .orElse(program);
  }

  @Override
  public void close() {
    running.close();
    issuer.close();
  }
}
