package dev.tegata.aws;

import dev.tegata.aws.CommonError.InvalidAction;
import dev.tegata.aws.CommonError.MissingAction;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.Query;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A service of the Query protocol: its operations, and how a form finds its own.
///
/// Refusals are thrown, from here as from the operations; whoever answers the client words them
/// with [#refuse].
public final class QueryService<C> {
  private static final String NO_VERSION = "NO_VERSION_SPECIFIED";

  private final String namespace;
  private final String version;
  private final Constraints constraints;
  private final Map<String, QueryOperation<C, ?, ?>> operations;

  /// The service `name`, such as `iam`, whose `namespace` is that of its XML.
  public QueryService(
      String name,
      String namespace,
      String version,
      Collection<QueryOperation<C, ?, ?>> operations) {
    this.namespace = namespace;
    this.version = version;
    this.constraints = Constraints.load(name);
    this.operations =
        operations.stream()
            .collect(Collectors.toUnmodifiableMap(QueryOperation::name, Function.identity()));
  }

  /// The name of the operation that `form` asks for, such as `CreateRole`.
  ///
  /// @throws Refusal when this service has no such operation
  public String operation(Query form) {
    return find(form).name();
  }

  /// Whether this service has the operation that `form` names, in whatever version.
  public boolean knows(Query form) {
    return form.first("Action").map(operations::containsKey).orElse(false);
  }

  /// Carries out what `form` asks for.
  ///
  /// @throws Refusal when there is no such operation, a constraint is violated, or the operation
  ///   refuses
  public HttpResponse answer(Query form, C call, String requestId) {
    return answer(form, call, new Exchange(requestId));
  }

  /// The same, and `exchange` learns what was read and answered.
  public HttpResponse answer(Query form, C call, Exchange exchange) {
    return find(form).answer(this, form, call, exchange);
  }

  /// The answer that tells a client of a refusal.
  public HttpResponse refuse(AwsError error, String requestId) {
    return QueryProtocol.error(error, namespace, requestId);
  }

  private QueryOperation<C, ?, ?> find(Query form) {
    String action = form.first("Action").orElseThrow(() -> new Refusal(new MissingAction()));
    String asked = form.first("Version").orElse(NO_VERSION);
    QueryOperation<C, ?, ?> operation = operations.get(action);
    if (operation == null || !asked.equals(version)) {
      throw new Refusal(new InvalidAction(action, asked));
    }
    return operation;
  }

  String namespace() {
    return namespace;
  }

  Constraints constraints() {
    return constraints;
  }
}
