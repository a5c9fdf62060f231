package dev.tegata.aws;

import dev.tegata.http.Query.Parameter;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.utils.builder.Buildable;

/// Requests of any class with random contents, and the form in which a client sends them.
final class RandomRequest {
  private static final String CHARACTERS = "abcXYZ019 .&=+%/:é漢\n𝄞\"<";

  private RandomRequest() {}

  /// Sets about half of the fields of `builder`.
  static void fill(SdkPojo builder, Random random) {
    for (SdkField<?> field : builder.sdkFields()) {
      if (random.nextBoolean()) {
        field.set(builder, value(field, random));
      }
    }
  }

  private static Object value(SdkField<?> field, Random random) {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> text(random);
      case INTEGER -> random.nextInt();
      case BOOLEAN -> random.nextBoolean();
      case LIST -> {
        SdkField<?> item = field.getTrait(ListTrait.class).memberFieldInfo();
        yield IntStream.range(0, random.nextInt(12)).mapToObj(_ -> value(item, random)).toList();
      }
      case SDK_POJO -> {
        SdkPojo builder = field.constructor().get();
        fill(builder, random);
        yield ((Buildable) builder).build();
      }
      default -> throw new IllegalArgumentException(field.memberName());
    };
  }

  private static String text(Random random) {
    int[] characters = CHARACTERS.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    random
        .ints(random.nextInt(9), 0, characters.length)
        .forEach(i -> text.appendCodePoint(characters[i]));
    return text.toString();
  }

  /// The parameters that stand for `request`; an empty list or structure has an empty value.
  static void write(SdkPojo request, String prefix, List<Parameter> form) {
    for (SdkField<?> field : request.sdkFields()) {
      Object value = field.getValueOrDefault(request);
      if (value != null && !(value instanceof SdkAutoConstructList<?>)) {
        write(value, prefix + field.locationName(), form);
      }
    }
  }

  private static void write(Object value, String name, List<Parameter> form) {
    int before = form.size();
    switch (value) {
      case SdkPojo structure -> write(structure, name + ".", form);
      case List<?> items -> {
        for (int i = 0; i < items.size(); i++) {
          write(items.get(i), name + ".member." + (i + 1), form);
        }
      }
      default -> form.add(new Parameter(name, value.toString()));
    }
    if (form.size() == before) {
      form.add(new Parameter(name, ""));
    }
  }
}
