package dev.tegata.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.iam.SampleMetadata;
import dev.tegata.iam.SamplePem;
import dev.tegata.server.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("clients")
class TerraformTest {
  @TempDir private Path data;
  @TempDir private Path folder;
  private Cloud cloud;
  private Terraform terraform;

  @BeforeEach
  void start() {
    cloud = new Cloud(data);
    terraform = new Terraform(cloud.program(folder, RunningServer.ROOT));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void what_an_account_has_for_ci_is_applied_changed_imported_and_destroyed() throws IOException {
    copy("main.tf");
    terraform.run("init");
    terraform.run("apply", "-auto-approve");
    assertNoDifference("first");
    terraform.run("apply", "-auto-approve", "-var=stage=second");
    assertNoDifference("second");

    List<String> forget = new ArrayList<>(List.of("state", "rm"));
    forget.addAll(
        List.of(
            "aws_iam_openid_connect_provider.github",
            "aws_iam_policy.releases",
            "aws_iam_role.deploy",
            "aws_iam_role_policy.list",
            "aws_s3_bucket.releases"));
    terraform.run(forget.toArray(String[]::new));
    copy("imports.tf");
    assertThat(terraform.run("apply", "-auto-approve", "-var=stage=second"))
        .contains("Resources: 5 imported, 0 added");
    assertNoDifference("second");

    assertThat(terraform.run("destroy", "-auto-approve", "-var=stage=second"))
        .contains("Destroy complete! Resources: 20 destroyed.");
  }

  @Test
  void what_proves_who_a_user_is_is_applied_changed_imported_and_destroyed() throws IOException {
    for (String file : List.of("rsa.pub", "rsa-2.pem", "certificate-good.pem")) {
      Files.copy(Path.of("src/test/resources/vectors/credentials", file), folder.resolve(file));
    }
    copy("credentials.tf");
    terraform.run("init");
    terraform.run("apply", "-auto-approve");
    assertNoDifference("first");
    assertThat(terraform.run("output", "-raw", "password")).hasSize(20);
    assertThat(terraform.run("output", "-raw", "seed")).matches("[A-Z2-7]{64}");
    terraform.run("apply", "-auto-approve", "-var=stage=second");
    assertNoDifference("second");

    List<String> ids = new ArrayList<>(List.of("-var=stage=second"));
    for (String name : List.of("line", "pem", "certificate", "git")) {
      ids.add("-var=%s=%s".formatted(name, terraform.run("output", "-raw", name)));
    }
    terraform.run(
        "state",
        "rm",
        "aws_iam_user_login_profile.bob",
        "aws_iam_user_ssh_key.line",
        "aws_iam_user_ssh_key.pem",
        "aws_iam_signing_certificate.alice",
        "aws_iam_service_specific_credential.git",
        "aws_iam_virtual_mfa_device.phone");
    copy("credentials-imports.tf");
    assertThat(terraform.run("apply", "-auto-approve", ids))
        .contains("Resources: 6 imported, 0 added, 0 changed, 0 destroyed");
    assertThat(terraform.run("plan", "-detailed-exitcode", ids)).contains("No changes.");
    assertThat(terraform.run("destroy", "-auto-approve", ids))
        .contains("Destroy complete! Resources: 9 destroyed.");
  }

  /// Of a server certificate, Terraform cannot import the private key, and would replace it.
  @Test
  void providers_and_certificates_are_applied_looked_up_changed_imported_and_destroyed()
      throws IOException {
    copy("certificates.tf");
    Files.writeString(folder.resolve("saml-metadata.xml"), SampleMetadata.document());
    for (String name : List.of("leaf", "leaf.key", "intermediate")) {
      Files.writeString(folder.resolve(name + ".pem"), SamplePem.read(name));
    }
    terraform.run("init");
    assertThat(terraform.run("apply", "-auto-approve"))
        .containsPattern(
            "found = \"staff site-first staff ann / sts.amazonaws.com"
                + " arn:aws:iam::123456789012:root octo true 21[0-9][0-9]-");
    assertNoDifference("first");
    assertThat(terraform.run("apply", "-auto-approve", "-var=stage=second"))
        .contains("octo true 2040-01-01T00:00:00Z\"");
    assertNoDifference("second");

    terraform.run("state", "rm", "aws_iam_saml_provider.staff", "aws_iam_role.staff");
    copy("certificate-imports.tf");
    assertThat(terraform.run("apply", "-auto-approve", "-var=stage=second"))
        .contains("Resources: 2 imported, 0 added");
    assertNoDifference("second");
    assertThat(terraform.run("destroy", "-auto-approve", "-var=stage=second"))
        .contains("Destroy complete! Resources: 9 destroyed.");
  }

  private void assertNoDifference(String stage) {
    assertThat(terraform.run("plan", "-detailed-exitcode", "-var=stage=" + stage))
        .contains("No changes.");
  }

  private void copy(String name) throws IOException {
    try (InputStream in = TerraformTest.class.getResourceAsStream("/clients/terraform/" + name)) {
      assertThat(in).as(name).isNotNull();
      Files.writeString(folder.resolve(name), new String(in.readAllBytes(), UTF_8));
    }
  }

  /// Terraform in a folder; every command must succeed.
  private record Terraform(Program program) {
    String run(String command, String option, List<String> more) {
      List<String> arguments = new ArrayList<>(List.of(command, option));
      arguments.addAll(more);
      return run(arguments.toArray(String[]::new));
    }

    String run(String... arguments) {
      List<String> command = new ArrayList<>(List.of("terraform", arguments[0]));
      command.addAll(Arrays.asList(arguments).subList(1, arguments.length));
      return TerraformProviders.reachable(program)
          .with("TF_IN_AUTOMATION", "1")
          .with("TF_INPUT", "0")
          .with("TF_CLI_ARGS", "-no-color")
          .with("CHECKPOINT_DISABLE", "1")
          .run(command)
          .succeeded();
    }
  }
}
