package dev.tegata.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.sigv4.RequestSigner.Credentials;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static final String TEXT = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final SecretAccessKey SECRET = new SecretAccessKey(TEXT);
  private static final CredentialScope SCOPE = new CredentialScope("20150830", "us-east-1", "iam");

  /// Source:
  /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#derive-signing-key>
  @Test
  void the_published_secret_derives_the_published_key() throws GeneralSecurityException {
    String published = "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9";
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(HexFormat.of().parseHex(published), "HmacSHA256"));
    assertThat(SigningKey.derive(SECRET, SCOPE).sign("text"))
        .isEqualTo(HexFormat.of().formatHex(mac.doFinal("text".getBytes(UTF_8))));
  }

  @Test
  void secrets_do_not_show_themselves() {
    Credentials credentials = new Credentials("AKIDEXAMPLE", SECRET, "TOKEN");
    assertThat(SECRET).hasToString("SecretAccessKey[hidden]");
    assertThat(SigningKey.derive(SECRET, SCOPE)).hasToString("SigningKey[hidden]");
    assertThat(credentials.toString()).contains("AKIDEXAMPLE").doesNotContain(TEXT, "TOKEN");
  }

  @Test
  void equal_secrets_are_equal_and_derive_equal_keys() {
    SecretAccessKey same = new SecretAccessKey(TEXT);
    SecretAccessKey other = new SecretAccessKey("x");
    assertThat(same).isEqualTo(SECRET).hasSameHashCodeAs(SECRET).isNotEqualTo(other);
    assertThat(SigningKey.derive(same, SCOPE))
        .isEqualTo(SigningKey.derive(SECRET, SCOPE))
        .hasSameHashCodeAs(SigningKey.derive(SECRET, SCOPE))
        .isNotEqualTo(SigningKey.derive(other, SCOPE));
  }

  @Test
  void a_secret_is_revealed_when_asked_for() {
    assertThat(SECRET.reveal()).isEqualTo(TEXT);
  }
}
