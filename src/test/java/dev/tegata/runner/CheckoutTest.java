package dev.tegata.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {
  @TempDir private Path source;
  private final RunFixture run = new RunFixture();

  @BeforeEach
  void a_source_with_all_kinds_of_files() throws IOException {
    run.source = source;
    Files.writeString(source.resolve("tracked"), "old");
    Files.writeString(source.resolve("gone"), "x");
    Files.writeString(source.resolve(".gitignore"), "ignored\n");
    Files.createDirectories(source.resolve("sub"));
    Files.writeString(source.resolve("sub/script.sh"), "echo ran");
    source.resolve("sub/script.sh").toFile().setExecutable(true);
    Files.createSymbolicLink(source.resolve("link"), Path.of("tracked"));
    Files.writeString(source.resolve("ignored"), "x");
  }

  private void commit() throws IOException {
    git("init", "--quiet", "--initial-branch=main");
    git("add", "--all");
    git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "-m", "First");
    Files.writeString(source.resolve("tracked"), "changed");
    Files.writeString(source.resolve("new file"), "x");
    Files.delete(source.resolve("gone"));
  }

  private void git(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", source.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null"));
    assertThat(builder.start().onExit().join().exitValue()).isZero();
  }

  private List<String> output() {
    return run.log.stream().filter(line -> line.startsWith("      ")).map(String::strip).toList();
  }

  @Test
  void without_a_checkout_the_workspace_is_empty() {
    run.steps("- run: ls -A\n");
    assertThat(output()).isEmpty();
  }

  @Test
  void the_working_tree_is_copied_as_it_stands() throws IOException {
    commit();
    run.steps(
        "- uses: actions/checkout@v4\n- run: ls -A; cat tracked; echo; sub/script.sh; readlink link\n");
    assertThat(output())
        .containsExactly(
            "5 files of " + source,
            ".git",
            ".gitignore",
            "link",
            "new file",
            "sub",
            "tracked",
            "changed",
            "ran",
            "tracked");
  }

  @Test
  void the_copy_is_a_repository_that_knows_its_history_and_no_remote() throws IOException {
    commit();
    run.steps(
        """
        - uses: actions/checkout@v4
        - run: |
            git log --format=%s
            git status --short
            git remote
            git rev-parse --abbrev-ref HEAD
            git push origin HEAD 2>/dev/null || echo "no push"
        """);
    assertThat(output().subList(1, output().size()))
        .containsExactly("First", "D gone", "M tracked", "?? \"new file\"", "main", "no push");
    assertThat(source.resolve("gone")).doesNotExist();
  }

  @Test
  void what_a_step_does_to_the_copy_does_not_reach_the_source() throws IOException {
    commit();
    run.steps("- uses: actions/checkout@v4\n- run: echo other > tracked; git tag x; rm -r sub\n");
    assertThat(source.resolve("tracked")).hasContent("changed");
    assertThat(source.resolve("sub/script.sh")).exists();
    assertThat(source.resolve(".git/refs/tags")).isEmptyDirectory();
  }

  @Test
  void a_folder_that_is_no_repository_is_copied_whole() {
    run.steps("- uses: actions/checkout@v4\n- run: ls -A\n");
    assertThat(output().subList(1, output().size()))
        .containsExactly(".gitignore", "gone", "ignored", "link", "sub", "tracked");
  }

  @Test
  void a_repository_without_a_commit_is_copied_too() throws IOException {
    git("init", "--quiet");
    run.steps("- uses: actions/checkout@v4\n- run: ls\n");
    assertThat(output().subList(1, output().size()))
        .containsExactly("gone", "link", "sub", "tracked");
  }

  @Test
  void the_copy_may_go_into_a_folder_of_the_workspace_and_not_out_of_it() throws IOException {
    commit();
    run.steps("- uses: actions/checkout@v4\n  with: {path: here}\n- run: ls; cat here/tracked\n");
    assertThat(output().subList(1, output().size())).containsExactly("here", "changed");
    run.log.clear();
    RunResult result = run.steps("- uses: actions/checkout@v4\n  with: {path: ../out}\n");
    assertThat(result.succeeded()).isFalse();
    assertThat(output().getFirst()).startsWith("error: `path` leads out of the workspace");
  }

  @Test
  void files_are_hashed_by_the_patterns_that_they_fit() {
    run.steps(
        """
        - uses: actions/checkout@v4
        - run: |
            echo "1 ${{ hashFiles('**/script.sh') == hashFiles('sub') }}"
            echo "2 ${{ hashFiles('tracked', 'gone') == hashFiles('gone', 'tracked') }}"
            echo "3 ${{ hashFiles('*', '!**') == '' }}${{ hashFiles('nothing') }}"
            echo "4 ${{ hashFiles('**/tracked') == hashFiles('tracked') }}"
            echo "5 ${{ hashFiles('tracked') == hashFiles('gone') }} ${{ hashFiles('{gone}') }}"
            echo "6 ${{ hashFiles('**/sub/**/script.sh') == hashFiles('./sub/') }}"
            echo "7 ${{ hashFiles('gone') }}"
            sha256sum gone | cut -c1-64 | xxd -r -p | sha256sum | cut -c1-64
        """);
    List<String> lines = output().subList(1, output().size());
    assertThat(lines.subList(0, 6))
        .containsExactly("1 true", "2 true", "3 true", "4 true", "5 false", "6 true");
    assertThat(lines.get(6)).isEqualTo("7 " + lines.get(7));
  }
}
