package dev.tegata.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class S3ErrorTest {
  private static final Map<Class<?>, Object> VALUES =
      Map.of(String.class, "value", int.class, 7, long.class, 7L, Instant.class, Instant.EPOCH);

  static List<Class<?>> failures() {
    return List.of(S3Error.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void every_failure_has_its_row(Class<?> failure) throws ReflectiveOperationException {
    RecordComponent[] components = failure.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = Arrays.stream(types).map(VALUES::get).toArray();
    S3Error error = (S3Error) failure.getDeclaredConstructor(types).newInstance(values);
    assertThat(error.wire().code()).isNotEmpty();
    assertThat(error.wire().message()).isNotEmpty().doesNotContain("%");
    assertThat(error.wire().status()).isBetween(400, 503);
    assertThat(error.wire().details()).doesNotContainKey("").doesNotContainKey("-");
  }

  @Test
  void a_wrong_signature_is_explained_to_the_bytes() {
    AwsError.Wire wire = new S3Error.SignatureDoesNotMatch("AKIA", "a\nb", "sig", "c").wire();
    assertThat(wire.details())
        .containsExactly(
            Map.entry("AWSAccessKeyId", "AKIA"),
            Map.entry("StringToSign", "a\nb"),
            Map.entry("SignatureProvided", "sig"),
            Map.entry("StringToSignBytes", "61 0a 62"),
            Map.entry("CanonicalRequest", "c"),
            Map.entry("CanonicalRequestBytes", "63"));
  }

  @Test
  void the_message_may_take_in_values() {
    assertThat(new S3Error.WrongRegion("aws-global", "us-east-1").wire().message())
        .isEqualTo(
            "The authorization header is malformed; the region 'aws-global' is wrong; expecting"
                + " 'us-east-1'");
    assertThat(new S3Error.InvalidArgument("100% wrong", "a", "b").wire().message())
        .isEqualTo("100% wrong");
  }
}
