package dev.tegata.policy;

import dev.tegata.policy.Decision.Allowed;
import dev.tegata.policy.Decision.ExplicitlyDenied;
import dev.tegata.policy.Decision.ImplicitlyDenied;
import dev.tegata.policy.PolicySet.Layer;
import dev.tegata.policy.Principals.Reach;
import dev.tegata.policy.Statement.Effect;
import dev.tegata.policy.StatementIndex.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Decides a request: an explicit deny beats every allow, and without an allow the answer is no.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
public final class Evaluation {
  private Evaluation() {}

  /// What `policies` say of `request`. The order of policies and statements never changes the
  /// verdict; of several statements that would decide alike, the first is named.
  public static Decision decide(Request request, PolicySet policies) {
    return new Findings(request, policies).decision();
  }

  /// The statements of `policy` that bear on `request`, those that allow and those that deny.
  public static List<Statement> bearing(Request request, Policy policy) {
    String action = Statement.fold(request.action());
    List<Statement> bearing = new ArrayList<>();
    policy
        .index()
        .visit(
            action,
            request.resource().resource(),
            entry -> {
              Statement statement = entry.statement();
              Reach reach = statement.principals().reach(request.principal(), statement.effect());
              if (reach != Reach.NONE && statement.concerns(request, action)) {
                bearing.add(statement);
              }
              return false;
            });
    bearing.sort(Comparator.comparingInt(Statement::index));
    return bearing;
  }

  /// What every part of a policy set has to say.
  private static final class Findings {
    private final Request request;
    private final PolicySet policies;
    private final String action;
    private @Nullable Decision denial;
    private @Nullable Decision controlled;

    private Findings(Request request, PolicySet policies) {
      this.request = request;
      this.policies = policies;
      this.action = Statement.fold(request.action());
    }

    private Decision decision() {
      control(policies.serviceControl());
      control(policies.resourceControl());
      Optional<Finding> resource = policies.resource().map(this::ask);
      Finding identity = ask(policies.identity());
      Optional<Finding> boundary = policies.boundary().map(this::ask);
      Optional<Finding> session = policies.session().map(this::ask);
      if (denial != null) {
        return denial;
      }
      if (controlled != null) {
        return controlled;
      }
      List<Finding> limits = new ArrayList<>(2);
      boundary.ifPresent(limits::add);
      session.ifPresent(limits::add);
      return combined(resource, identity, limits);
    }

    /// Each level must allow.
    private void control(List<Layer> levels) {
      for (Layer level : levels) {
        Finding finding = ask(level);
        if (controlled == null && finding.allow() == null) {
          controlled = new ImplicitlyDenied(level.kind());
        }
      }
    }

    private Finding ask(Layer layer) {
      Finding finding = new Finding(request, action, layer);
      finding.ask();
      if (denial == null && finding.deny != null) {
        denial = new ExplicitlyDenied(finding.deny, layer.kind());
      }
      return finding;
    }

    private Decision combined(Optional<Finding> resource, Finding identity, List<Finding> limits) {
      PolicyKind kind = policies.resource().map(Layer::kind).orElse(PolicyKind.RESOURCE);
      StatementId grant = resource.map(Finding::allow).orElse(null);
      Reach reach = resource.map(found -> found.reach).orElse(Reach.NONE);
      boolean needed =
          policies.crossAccount() || kind == PolicyKind.TRUST || !request.principal().hasIdentity();
      if (grant == null) {
        return needed ? new ImplicitlyDenied(kind) : limited(identity, limits);
      }
      if (!request.principal().hasIdentity()) {
        return new Allowed(grant);
      }
      if (policies.crossAccount() || reach == Reach.ACCOUNT) {
        return limited(identity, limits);
      }
      return reach == Reach.CALLER ? new Allowed(grant) : limits(grant, limits);
    }

    private static Decision limited(Finding identity, List<Finding> limits) {
      StatementId grant = identity.allow();
      return grant == null ? new ImplicitlyDenied(PolicyKind.IDENTITY) : limits(grant, limits);
    }

    private static Decision limits(StatementId grant, List<Finding> limits) {
      for (Finding limit : limits) {
        if (limit.allow() == null) {
          return new ImplicitlyDenied(limit.layer.kind());
        }
      }
      return new Allowed(grant);
    }
  }

  /// What one part has to say: its first deny, and the first of its closest allows.
  private static final class Finding implements Predicate<Entry> {
    private final Request request;
    private final String action;
    private final Layer layer;
    private int base;
    private int denyPolicy;
    private @Nullable Statement denyStatement;
    private int allowPolicy;
    private @Nullable Statement allowStatement;
    private @Nullable StatementId deny;
    private Reach reach = Reach.NONE;

    private Finding(Request request, String action, Layer layer) {
      this.request = request;
      this.action = action;
      this.layer = layer;
    }

    private void ask() {
      String resource = request.resource().resource();
      for (base = 0; base < layer.indexes().size(); base++) {
        layer.indexes().get(base).visit(action, resource, this);
      }
      if (denyStatement != null) {
        deny = denyStatement.in(layer.policies().get(denyPolicy).name());
      }
    }

    private @Nullable StatementId allow() {
      return allowStatement == null
          ? null
          : allowStatement.in(layer.policies().get(allowPolicy).name());
    }

    /// Takes note of a statement; never enough, since a later one may deny or be the first.
    @Override
    public boolean test(Entry entry) {
      Statement statement = entry.statement();
      int policy = base + entry.policy();
      Reach found = statement.principals().reach(request.principal(), statement.effect());
      if (found == Reach.NONE) {
        return false;
      }
      if (statement.effect() == Effect.DENY) {
        boolean first = isFirst(policy, statement, denyPolicy, denyStatement);
        if (first && statement.concerns(request, action)) {
          denyPolicy = policy;
          denyStatement = statement;
        }
        return false;
      }
      int closer = found.compareTo(reach);
      boolean better =
          closer > 0 || (closer == 0 && isFirst(policy, statement, allowPolicy, allowStatement));
      if (better && statement.concerns(request, action)) {
        reach = found;
        allowPolicy = policy;
        allowStatement = statement;
      }
      return false;
    }

    private static boolean isFirst(
        int policy, Statement statement, int bestPolicy, @Nullable Statement best) {
      return best == null
          || policy < bestPolicy
          || (policy == bestPolicy && statement.index() < best.index());
    }
  }
}
