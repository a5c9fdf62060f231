package dev.tegata.cloudformation;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.yaml.YamlException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
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

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_order_of_resources_in_the_file_changes_nothing(int seed) {
    Random random = new Random(seed);
    List<String> resources = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      resources.add(bucket(i, random));
    }
    Cloud cloud = new Cloud();
    String created = cloud.describe(cloud.deploy(template(resources), Map.of()));
    Collections.shuffle(resources, random);
    Cloud shuffled = new Cloud();
    assertThat(shuffled.describe(shuffled.deploy(template(resources), Map.of())))
        .isEqualTo(created);
  }

  private static String template(List<String> resources) {
    return "Resources:\n" + String.join("", resources);
  }

  /// The bucket `number`, which depends on a few of a lower number, in one way or another.
  private static String bucket(int number, Random random) {
    StringBuilder text = new StringBuilder();
    text.append("  Bucket%d:\n    Type: AWS::S3::Bucket\n    Properties:\n".formatted(number));
    text.append("      Tags:\n        - {Key: number, Value: %d}\n".formatted(number));
    for (int other = 0; other < number; other++) {
      String value =
          switch (random.nextInt(6)) {
            case 0 -> "!Ref Bucket%d";
            case 1 -> "!GetAtt Bucket%d.Arn";
            case 2 -> "!Sub 'to ${Bucket%d.Arn}'";
            default -> "";
          };
      if (!value.isEmpty()) {
        text.append("        - {Key: to%d, Value: %s}\n".formatted(other, value.formatted(other)));
      }
    }
    if (number > 0 && random.nextBoolean()) {
      text.append("    DependsOn: Bucket%d\n".formatted(random.nextInt(number)));
    }
    return text.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("templates")
  void a_damaged_template_is_refused_with_a_place_or_deployed(Vector vector) {
    List<String> lines = vector.text().lines().toList();
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<String> damaged = new ArrayList<>(lines);
      for (int i = 0; i < 3; i++) {
        String other = lines.get(random.nextInt(lines.size()));
        String end = other.substring(random.nextInt(other.length() + 1));
        int place = random.nextInt(damaged.size());
        String line = damaged.get(place);
        damaged.set(place, line.substring(0, random.nextInt(line.length() + 1)) + end);
      }
      assertThat(outcome(String.join("\n", damaged))).as("seed %d", seed).isNotEmpty();
    }
  }

  /// Whatever the text is: it is refused with a place, or it means the same twice.
  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void any_text_is_refused_with_a_place_or_deployed(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    String first = outcome(text);
    assertThat(outcome(text)).isEqualTo(first);
  }

  private static String outcome(String text) {
    Cloud cloud = new Cloud();
    try {
      return cloud.describe(cloud.deploy(text, Map.of()));
    } catch (YamlException e) {
      return e.in("cloud.yaml");
    }
  }
}
