package dev.tegata.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tegata serve --cloud` with what `aws iam get-account-authorization-details` has printed.
class ServedDetailsTest {
  private static final String DETAILS = "src/test/resources/vectors/explain/details.json";

  @TempDir private Path data;

  private static Answer ask(ServerProcess server, String action, Map<String, String> parameters) {
    Map<String, String> form = new LinkedHashMap<>(parameters);
    form.put("Action", action);
    form.put("Version", "2010-05-08");
    Answer answer = server.iam(form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static void assertTheAccountIsThere(ServerProcess server) {
    assertThat(ask(server, "GetUser", Map.of("UserName", "monalisa")).text("UserId"))
        .isEqualTo("AIDARZPUZDIKAAAAAAAAA");
    assertThat(ask(server, "ListGroupsForUser", Map.of("UserName", "monalisa")).text("GroupId"))
        .isEqualTo("AGPARZPUZDIKAAAAAAAAA");
    assertThat(
            ask(server, "GetInstanceProfile", Map.of("InstanceProfileName", "machines"))
                .text("RoleId"))
        .isEqualTo("AROARZPUZDIKCCCCCCCCC");
    Map<String, String> simulated =
        Map.of(
            "PolicySourceArn",
            "arn:aws:iam::123456789012:user/monalisa",
            "ActionNames.member.1",
            "s3:ListAllMyBuckets");
    assertThat(ask(server, "SimulatePrincipalPolicy", simulated).text("EvalDecision"))
        .isEqualTo("allowed");
  }

  @Test
  void an_account_is_served_with_its_users_and_what_was_added_stays_at_the_next_start() {
    String key;
    try (ServerProcess server = ServerProcess.start(data, "", "--cloud", DETAILS)) {
      assertTheAccountIsThere(server);
      key = ask(server, "CreateAccessKey", Map.of("UserName", "monalisa")).text("AccessKeyId");
    }
    try (ServerProcess server = ServerProcess.start(data, "", "--cloud", DETAILS)) {
      assertTheAccountIsThere(server);
      assertThat(ask(server, "ListAccessKeys", Map.of("UserName", "monalisa")).text("AccessKeyId"))
          .isEqualTo(key);
    }
  }
}
