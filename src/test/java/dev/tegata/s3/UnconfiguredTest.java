package dev.tegata.s3;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.s3.Gateway.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnconfiguredTest {
  @TempDir private Path folder;

  @Test
  void a_bucket_says_of_each_configuration_that_it_has_none() throws IOException {
    String[] configurations = {
      "accelerate",
      "acl",
      "cors",
      "encryption",
      "lifecycle",
      "logging",
      "notification",
      "object-lock",
      "ownershipControls",
      "policy",
      "policyStatus",
      "publicAccessBlock",
      "replication",
      "requestPayment",
      "tagging",
      "versioning",
      "website"
    };
    StringBuilder told = new StringBuilder();
    try (Gateway s3 = new Gateway(folder)) {
      s3.put("/b-1", "");
      for (String configuration : configurations) {
        Answer answer = s3.get("/b-1?" + configuration);
        told.append(configuration)
            .append(' ')
            .append(s3.required().getFirst().action())
            .append(' ')
            .append(answer.status())
            .append('\n')
            .append(answer.text())
            .append("\n\n");
        assertThat(s3.get("/b-9?" + configuration).code()).isEqualTo("NoSuchBucket");
        s3.allowing();
        assertThat(s3.get("/b-1?" + configuration).code()).isEqualTo("AccessDenied");
        s3.allowing(_ -> true);
      }
    }
    assertGolden("s3/unconfigured.txt", told.toString());
  }
}
