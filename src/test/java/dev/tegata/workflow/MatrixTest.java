package dev.tegata.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.expression.Json;
import dev.tegata.expression.Value.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {

  private static List<String> names(String matrix) {
    return Matrix.expand(Json.read(matrix)).stream().map(Matrix::suffix).toList();
  }

  @Test
  void the_last_vector_varies_fastest() {
    assertThat(names("{\"a\": [1, 2], \"b\": [\"x\", \"y\"]}"))
        .containsExactly(" (1, x)", " (1, y)", " (2, x)", " (2, y)");
  }

  @Test
  void exclude_takes_out_what_agrees_with_all_that_it_names() {
    assertThat(
            names(
                "{\"a\": [1, 2], \"b\": [3, 4], \"exclude\": [{\"a\": 1}, {\"a\": 2, \"b\": 4}]}"))
        .containsExactly(" (2, 3)");
  }

  @Test
  void include_adds_to_every_row_that_it_fits() {
    assertThat(
            names("{\"a\": [1, 2], \"include\": [{\"c\": \"all\"}, {\"a\": 2, \"d\": \"two\"}]}"))
        .containsExactly(" (1, all)", " (2, all, two)");
  }

  @Test
  void a_later_include_changes_what_an_earlier_one_added_but_no_vector() {
    assertThat(
            names(
                "{\"a\": [1, 2], \"include\": [{\"c\": \"x\"}, {\"c\": \"y\"}, {\"a\": 9, \"c\": \"z\"}]}"))
        .containsExactly(" (1, y)", " (2, y)", " (9, z)");
  }

  @Test
  void an_include_that_fits_nowhere_is_a_row_of_its_own_and_no_later_one_adds_to_it() {
    assertThat(names("{\"a\": [1], \"include\": [{\"a\": 2}, {\"a\": 2, \"b\": 3}]}"))
        .containsExactly(" (1)", " (2)", " (2, 3)");
  }

  @Test
  void include_alone_makes_a_matrix() {
    assertThat(names("{\"include\": [{\"a\": 1}, {\"b\": 2}]}")).containsExactly(" (1)", " (2)");
  }

  @Test
  void values_may_be_objects() {
    assertThat(names("{\"n\": [{\"v\": 1, \"env\": [true]}, {\"v\": 2}]}"))
        .containsExactly(" (1, true)", " (2)");
  }

  @Test
  void a_long_name_is_cut() {
    Fields row = (Fields) Json.read("{\"a\": \"" + "x".repeat(200) + "\"}");
    assertThat(Matrix.suffix(row)).isEqualTo(" (" + "x".repeat(100) + "...)");
    assertThat(Matrix.suffix(Fields.NONE)).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[1] | `matrix` is an object of lists",
        "{\"a\": 1} | `a` in `matrix` is a list with at least one item",
        "{\"a\": []} | `a` in `matrix` is a list with at least one item",
        "{\"include\": [1]} | `include` in `matrix` is a list of objects",
        "{} | `matrix` has no rows",
        "{\"a\": [1], \"exclude\": [{\"a\": 1}]} | `matrix` has no rows"
      })
  void what_is_no_matrix_is_refused(String matrix, String message) {
    assertThatThrownBy(() -> names(matrix)).hasMessage(message);
  }

  @Test
  void the_number_of_rows_is_bounded_before_they_are_made() {
    String ten = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    assertThatThrownBy(
            () -> names("{\"a\": %1$s, \"b\": %1$s, \"c\": %1$s, \"d\": %1$s}".formatted(ten)))
        .hasMessage("`matrix` has more than 256 rows");
  }
}
