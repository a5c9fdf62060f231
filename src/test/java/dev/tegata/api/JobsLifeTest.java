package dev.tegata.api;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.api.ApiFixture.Registered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long jobs are remembered, and where. Each test has a server of its own.
class JobsLifeTest {
  private static final String MAIN = ApiFixture.CLAIMS;

  @TempDir private Path data;
  private Optional<ApiFixture> open = Optional.empty();

  @BeforeEach
  void start() {
    open = Optional.of(new ApiFixture(data));
  }

  @AfterEach
  void stop() {
    open.ifPresent(ApiFixture::close);
  }

  private ApiFixture api() {
    return open.orElseThrow();
  }

  @Test
  void a_job_ends_at_the_very_end_of_its_time() {
    Registered job = api().register("\"duration_seconds\": 60", MAIN);
    api().clock.set(ApiFixture.NOON.plusSeconds(60).minusMillis(1));
    assertThat(api().tokenFor(job).status()).isEqualTo(200);
    api().clock.set(ApiFixture.NOON.plusSeconds(60));
    assertThat(api().tokenFor(job).status()).isEqualTo(400);
    api().register("", MAIN);
    assertThat(api().tokenFor(job).status()).isEqualTo(401);
    assertThat(api().ask("GET", "jobs/" + job.id(), "").status()).isEqualTo(404);
  }

  @Test
  void a_restart_loses_no_job() {
    Registered job = api().register("", MAIN);
    Registered ended = api().register("", MAIN);
    api().ask("DELETE", "jobs/" + ended.id(), "");
    api().restart();
    assertThat(api().tokenFor(job).status()).isEqualTo(200);
    assertThat(api().tokenFor(ended).status()).isEqualTo(400);
  }

  @Test
  void the_database_holds_no_bearer_token() throws IOException {
    Registered job = api().register("", MAIN);
    api().close();
    open = Optional.empty();
    assertThat(
            new String(Files.readAllBytes(data.resolve("tegata.db")), StandardCharsets.ISO_8859_1))
        .contains(job.id())
        .doesNotContain(job.bearer());
    assertThat(Files.readString(data.resolve("audit.jsonl")))
        .contains(job.id())
        .doesNotContain(job.bearer());
  }

  @Test
  void the_open_jobs_are_listed_page_by_page() throws IOException {
    Registered first = api().register("\"name\": \"deploy\"", MAIN);
    Registered ended = api().register("", MAIN);
    api().ask("DELETE", "jobs/" + ended.id(), "");
    String listed = api().ask("GET", "jobs", "").toString();
    assertGolden("api/jobs.json", listed.replace(first.id(), "UUID"));
    for (int i = 0; i < 100; i++) {
      api().register("", MAIN);
    }
    var page = ApiFixture.json(api().ask("GET", "jobs", ""));
    assertThat(page.path("jobs")).hasSize(100);
    var rest = ApiFixture.json(api().ask("GET", "jobs?after=" + page.path("after").asString(), ""));
    assertThat(rest.path("jobs")).hasSize(1);
    assertThat(rest.has("after")).isFalse();
  }
}
