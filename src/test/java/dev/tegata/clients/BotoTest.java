package dev.tegata.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.server.RunningServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("clients")
class BotoTest {
  private static final Path SCRIPT = Path.of("src/test/resources/clients/boto.py");

  @Test
  void boto3_exchanges_uploads_pages_and_recognises_refusals(
      @TempDir Path data, @TempDir Path folder) {
    try (Cloud cloud = new Cloud(data)) {
      Program program = cloud.program(folder, RunningServer.ROOT);
      assertThat(
              program
                  .run(
                      "python3",
                      SCRIPT.toAbsolutePath().toString(),
                      Cloud.DEPLOY,
                      cloud.token(),
                      cloud.token("stranger", "sts.amazonaws.com", 300))
                  .succeeded())
          .isEqualTo(
              """
              exchanged arn:aws:sts::123456789012:assumed-role/deploy/boto
              refused AccessDenied Not authorized to perform sts:AssumeRoleWithWebIdentity
              refused InvalidIdentityToken
              got the whole object
              got the range
              pages ['a b', 'double//slash', 'ä+ö']
              no such key
              no such bucket
              presigned the whole object
              refused AccessDenied
              refused AccessDenied
              no such entity
              """);
    }
  }
}
