package dev.tegata.aws;

import dev.tegata.http.HttpResponse;
import dev.tegata.http.Query;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// One operation of a Query service: its name on the wire, how its request is read, and what
/// carries it out.
///
/// `C` is what the service knows of a call beside the request: the caller, the time, the policies.
public record QueryOperation<C, I extends SdkPojo, O extends SdkPojo>(
    String name, Function<Query, I> reader, BiFunction<I, C, O> function) {

  /// The operation `name`, whose request is built by `builder` and carried out by `function`.
  public static <C, I extends SdkPojo, O extends SdkPojo, B extends SdkPojo & SdkBuilder<B, I>>
      QueryOperation<C, I, O> of(String name, Supplier<B> builder, BiFunction<I, C, O> function) {
    return new QueryOperation<>(name, form -> QueryProtocol.read(form, builder), function);
  }

  HttpResponse answer(QueryService<C> service, Query form, C call, Exchange exchange) {
    I request = reader.apply(form);
    exchange.asks(request);
    service.constraints().check(name, request);
    O answer = function.apply(request, call);
    exchange.answers(answer);
    return QueryProtocol.write(name, answer, service.namespace(), exchange.requestId());
  }
}
