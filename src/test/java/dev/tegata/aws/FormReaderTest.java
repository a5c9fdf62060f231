package dev.tegata.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.http.Query;
import dev.tegata.http.Query.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.AcquireRoleRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

class FormReaderTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "/vectors/aws/forms.tsv", delimiter = '\t', numLinesToSkip = 1)
  void a_form_reads_as_the_table_says(String operation, String form, String expected) {
    assertThat(reading(operation, form)).isEqualTo(expected);
  }

  private static String reading(String operation, String form) {
    Query query = Query.parse(form);
    try {
      SdkPojo request =
          switch (operation) {
            case "AssumeRole" -> QueryProtocol.read(query, AssumeRoleRequest::builder);
            case "AcquireRole" -> QueryProtocol.read(query, AcquireRoleRequest::builder);
            case "CreatePolicyVersion" ->
                QueryProtocol.read(query, CreatePolicyVersionRequest::builder);
            case "CreateRole" -> QueryProtocol.read(query, CreateRoleRequest::builder);
            case "SimulateCustomPolicy" ->
                QueryProtocol.read(query, SimulateCustomPolicyRequest::builder);
            default -> throw new IllegalArgumentException(operation);
          };
      return request.toString();
    } catch (Refusal e) {
      return e.error().wire().code() + ": " + e.getMessage();
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void what_a_client_writes_is_what_is_read(int seed) {
    Random random = new Random(seed);
    assertReadsBack(random, AssumeRoleRequest::builder);
    assertReadsBack(random, CreateRoleRequest::builder);
    assertReadsBack(random, SimulateCustomPolicyRequest::builder);
  }

  private static <I, B extends SdkPojo & SdkBuilder<B, I>> void assertReadsBack(
      Random random, Supplier<B> builder) {
    B filled = builder.get();
    RandomRequest.fill(filled, random);
    I request = filled.build();
    List<Parameter> form = new ArrayList<>();
    RandomRequest.write((SdkPojo) request, "", form);
    assertThat(QueryProtocol.read(new Query(form), builder)).isEqualTo(request);
  }

  @Test
  void a_name_of_many_dots_costs_no_more_than_its_length() {
    String name = "Tags.member.1" + ".Key".repeat(1_000_000);
    Query form = new Query(List.of(new Parameter(name, "a")));
    assertThat(QueryProtocol.read(form, CreateRoleRequest::builder).tags()).hasSize(1);
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void any_form_is_read_or_refused(FuzzedDataProvider data) {
    try {
      Query query = Query.parse(data.consumeRemainingAsString());
      QueryProtocol.read(query, AcquireRoleRequest::builder);
      QueryProtocol.read(query, SimulateCustomPolicyRequest::builder);
      QueryProtocol.read(query, AssumeRoleRequest::builder);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("null");
    } catch (Refusal e) {
      assertThat(e.error()).isInstanceOf(CommonError.MalformedInput.class);
    }
  }
}
