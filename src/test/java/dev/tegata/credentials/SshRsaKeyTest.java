package dev.tegata.credentials;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The keys of `vectors/credentials` are OpenSSH's, and so is the fingerprint.
class SshRsaKeyTest {
  private static String file(String name) throws IOException {
    return Files.readString(Path.of("src/test/resources/vectors/credentials", name));
  }

  @Test
  void one_key_is_the_same_in_each_form() throws IOException {
    SshRsaKey key = SshRsaKey.parse(file("rsa.pub"));
    assertThat(SshRsaKey.parse(file("rsa.pem"))).isEqualTo(key);
    assertThat(SshRsaKey.parse(file("rsa-pkcs1.pem"))).isEqualTo(key);
    assertThat(key.bits()).isEqualTo(2048);
  }

  @Test
  void a_key_is_written_as_openssh_writes_it() throws IOException {
    SshRsaKey key = SshRsaKey.parse(file("rsa.pem"));
    assertThat(key.toPem()).isEqualTo(file("rsa.pem"));
    assertThat(file("rsa.pub")).startsWith(key.toSsh() + " ");
    assertThat(key.fingerprint()).isEqualTo("1e:63:72:8c:98:8b:1c:ef:af:01:e3:09:67:24:3c:8c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ssh-rsa",
        "ssh-rsa AAAA",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAAA== rest",
        "ssh-rsa AAAAB3NzaC1yc2F/////",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGWtAWm0eRnWqPYU/I3kAEErRFFzZqnaTiQjxnROXhK4",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
      })
  void what_is_no_rsa_key_is_not_read(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SshRsaKey.parse(text));
  }

  @Test
  void numbers_that_no_rsa_key_has_are_no_key() {
    BigInteger modulus = BigInteger.ONE.shiftLeft(2048).subtract(BigInteger.ONE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SshRsaKey(BigInteger.valueOf(65_537), modulus.negate()));
    assertThatIllegalArgumentException().isThrownBy(() -> new SshRsaKey(BigInteger.ONE, modulus));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SshRsaKey(BigInteger.valueOf(65_537), modulus.shiftLeft(20_000)));
  }

  @Tag("fuzz")
  @FuzzTest
  void whatever_is_read_is_the_same_after_it_was_written(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    SshRsaKey key;
    try {
      key = SshRsaKey.parse(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    assertThat(SshRsaKey.parse(key.toSsh())).isEqualTo(key);
  }
}
