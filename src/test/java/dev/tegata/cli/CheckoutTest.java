package dev.tegata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckoutTest {
  @TempDir private Path folder;
  private Path workflow = Path.of("");

  @BeforeEach
  void makeAWorkflow() throws IOException {
    workflow = folder.resolve("app/.github/workflows/deploy.yml");
    Files.createDirectories(workflow.getParent());
    Files.writeString(workflow, "on: push\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/octo-org/octo-repo.git",
        "https://github.com/octo-org/octo-repo",
        "git@github.com:octo-org/octo-repo.git",
        "ssh://git@github.com/octo-org/octo-repo.git"
      })
  void the_repository_is_the_one_that_the_remote_names(String url) throws Exception {
    git("init", "--quiet", "--initial-branch", "trunk");
    git("remote", "add", "origin", url);
    assertThat(Checkout.of(workflow).repository()).isEqualTo("octo-org/octo-repo");
  }

  @Test
  void ref_sha_and_actor_come_from_git() throws Exception {
    git("init", "--quiet", "--initial-branch", "trunk");
    git("config", "user.name", "Mona Lisa");
    git("config", "user.email", "mona@example.com");
    git("commit", "--quiet", "--allow-empty", "--message", "first");
    Checkout checkout = Checkout.of(workflow);
    assertThat(checkout.ref()).isEqualTo("refs/heads/trunk");
    assertThat(checkout.sha()).matches("[0-9a-f]{40}").isNotEqualTo("0".repeat(40));
    assertThat(checkout.actor()).isEqualTo("mona-lisa");
  }

  @Test
  void a_checked_out_tag_is_the_ref() throws Exception {
    git("init", "--quiet", "--initial-branch", "trunk");
    git("config", "user.name", "Mona Lisa");
    git("config", "user.email", "mona@example.com");
    git("commit", "--quiet", "--allow-empty", "--message", "first");
    git("tag", "v1");
    git("checkout", "--quiet", "v1");
    assertThat(Checkout.of(workflow).ref()).isEqualTo("refs/tags/v1");
  }

  @Test
  void a_folder_without_a_repository_at_github_is_an_example_of_its_name() {
    assertThat(Checkout.of(workflow).repository()).isEqualTo("octo-org/app");
    assertThat(Checkout.of(workflow).ref()).isEqualTo("refs/heads/main");
  }

  @Test
  void the_root_is_the_folder_that_holds_dot_github() {
    assertThat(Checkout.of(workflow).root()).isEqualTo(folder.resolve("app"));
  }

  @Test
  void a_template_is_found_beside_the_workflow_and_at_the_top() throws IOException {
    assertThat(Checkout.of(workflow).cloud(workflow)).isEmpty();
    Path top = Files.writeString(folder.resolve("app/cloud.yaml"), "Resources: {}\n");
    assertThat(Checkout.of(workflow).cloud(workflow)).hasValue(top);
    Path beside = Files.writeString(workflow.resolveSibling("cloud.yaml"), "Resources: {}\n");
    assertThat(Checkout.of(workflow).cloud(workflow)).hasValue(beside);
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.resolve("app").toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
