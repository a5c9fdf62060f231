package dev.tegata.cloudformation;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tegata.yaml.YamlException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StackTest {
  static List<Vector> templates() throws IOException {
    return Vector.in("templates");
  }

  static List<Vector> faults() throws IOException {
    return Vector.in("faults");
  }

  /// A template in YAML and the same one in JSON share a golden file.
  @ParameterizedTest(name = "{0}")
  @MethodSource("templates")
  void a_template_creates_what_it_declares(Vector vector) throws IOException {
    Cloud cloud = new Cloud();
    StackOutput output = cloud.deploy(vector.text(), vector.parameters());
    assertGolden("cloudformation/" + vector.name() + ".json", cloud.describe(output));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void a_fault_is_told_with_its_place(Vector vector) {
    YamlException fault =
        catchThrowableOfType(
            YamlException.class, () -> new Cloud().deploy(vector.text(), vector.parameters()));
    assertThat(fault).isNotNull();
    assertThat(fault.place() + ": " + fault.getMessage()).isEqualTo(vector.fault());
  }

  @Test
  void nothing_is_created_when_a_later_resource_is_misread() {
    Cloud cloud = new Cloud();
    for (String fault :
        List.of(
            "{Type: AWS::S3::Bukket}",
            "{Type: AWS::S3::Bucket, Properties: {Bucketname: b}}",
            "{Type: AWS::S3::Bucket, Properties: {BucketName: !Select [9, [a]]}}",
            "{Type: AWS::S3::Bucket, Properties: {BucketName: !GetAtt First.Nothing}}",
            "{Type: AWS::S3::Bucket, DependsOn: Second}")) {
      assertThatThrownBy(() ->
              cloud.deploy(
                  "Resources:\n  First: {Type: AWS::S3::Bucket}\n  Second: " + fault, Map.of()))
          .isInstanceOf(YamlException.class);
    }
    assertThat(cloud.created()).isEmpty();
  }

  @Test
  void an_output_that_cannot_be_worked_out_stops_everything() {
    Cloud cloud = new Cloud();
    assertThatThrownBy(() ->
            cloud.deploy(
                "Resources:\n  First: {Type: AWS::S3::Bucket}\n"
                    + "Outputs:\n  A: {Value: !Select [1, [!Ref First]]}",
                Map.of()))
        .hasMessage("`Fn::Select` takes an index from 0 to 0, not `1`");
    assertThat(cloud.created()).isEmpty();
  }
}
