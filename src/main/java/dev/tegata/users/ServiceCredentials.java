package dev.tegata.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.credentials.ServiceCredential;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.store.Entity.User;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.CreateServiceSpecificCredentialRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceSpecificCredentialResponse;
import software.amazon.awssdk.services.iam.model.DeleteServiceSpecificCredentialRequest;
import software.amazon.awssdk.services.iam.model.DeleteServiceSpecificCredentialResponse;
import software.amazon.awssdk.services.iam.model.ListServiceSpecificCredentialsRequest;
import software.amazon.awssdk.services.iam.model.ListServiceSpecificCredentialsResponse;
import software.amazon.awssdk.services.iam.model.ResetServiceSpecificCredentialRequest;
import software.amazon.awssdk.services.iam.model.ResetServiceSpecificCredentialResponse;
import software.amazon.awssdk.services.iam.model.ServiceSpecificCredential;
import software.amazon.awssdk.services.iam.model.ServiceSpecificCredentialMetadata;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateServiceSpecificCredentialRequest;
import software.amazon.awssdk.services.iam.model.UpdateServiceSpecificCredentialResponse;

/// Names and passwords of users for single services: two a user and service. A password is told
/// once, when it is made; none of these services is here, so nothing takes it.
///
/// Of Bedrock's the name is called an alias, and the password, with the alias in it, a secret; they
/// may end. How that secret looks is from memory.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html>
public final class ServiceCredentials {
  private static final String BEDROCK = "bedrock.amazonaws.com";
  private static final Set<String> SERVICES =
      Set.of("codecommit.amazonaws.com", "cassandra.amazonaws.com", BEDROCK);
  private static final int MAX_CREDENTIALS = 2;
  private static final int PASSWORD_BYTES = 32;

  private final IdentityStore store;
  private final IdentityAccess<User> users;
  private final RandomGenerator random;

  /// Ids and passwords are drawn from `random`.
  public ServiceCredentials(IdentityStore store, RandomGenerator random) {
    this.store = store;
    this.users = new IdentityAccess<>(store, IdentityKind.USER);
    this.random = random;
  }

  /// A credential of a user.
  private record Owned(User user, ServiceCredential credential) {}

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "CreateServiceSpecificCredential",
            CreateServiceSpecificCredentialRequest::builder,
            this::create),
        QueryOperation.of(
            "ListServiceSpecificCredentials",
            ListServiceSpecificCredentialsRequest::builder,
            this::list),
        QueryOperation.of(
            "UpdateServiceSpecificCredential",
            UpdateServiceSpecificCredentialRequest::builder,
            this::update),
        QueryOperation.of(
            "ResetServiceSpecificCredential",
            ResetServiceSpecificCredentialRequest::builder,
            this::reset),
        QueryOperation.of(
            "DeleteServiceSpecificCredential",
            DeleteServiceSpecificCredentialRequest::builder,
            this::delete));
  }

  private CreateServiceSpecificCredentialResponse create(
      CreateServiceSpecificCredentialRequest request, Call call) {
    String service = request.serviceName();
    Optional<Integer> days = Optional.ofNullable(request.credentialAgeDays());
    Asked asked =
        new Asked(
            call,
            "iam:CreateServiceSpecificCredential",
            request.userName(),
            new ContextKeys().serviceCredential(service, days));
    UniqueId id = UniqueId.create(UniqueId.Kind.ACCA, call.account(), random);
    String password = password();
    User user =
        users.change(
            asked,
            (_, found) -> {
              requireSupported(service, days);
              String name = freeName(found, service);
              List<ServiceCredential> all = new ArrayList<>(found.credentials().services());
              all.add(
                  new ServiceCredential(
                      id,
                      service,
                      name,
                      ServiceCredential.hash(secret(service, name, password)),
                      call.time(),
                      days.map(Duration::ofDays).map(call.time()::plus).orElse(null),
                      true));
              return found.withCredentials(found.credentials().withServices(all));
            });
    return CreateServiceSpecificCredentialResponse.builder()
        .serviceSpecificCredential(
            answer(new Owned(user, find(user, id.text())), password, call.time()))
        .build();
  }

  private static void requireSupported(String service) {
    if (!SERVICES.contains(service)) {
      throw new Refusal(
          new NoSuchEntity(
              "No such service %s is supported for Service Specific Credentials"
                  .formatted(service)));
    }
  }

  private static void requireSupported(String service, Optional<Integer> days) {
    requireSupported(service);
    if (days.isPresent() && !service.equals(BEDROCK)) {
      throw new Refusal(
          new ValidationError("only credentials for " + BEDROCK + " take CredentialAgeDays"));
    }
  }

  private String password() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String secret(String service, String name, String password) {
    return service.equals(BEDROCK)
        ? "ABSK" + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8))
        : password;
  }

  /// The first of the names that a user may have at a service that is not taken.
  private static String freeName(User user, String service) {
    List<String> taken =
        user.credentials().services().stream()
            .filter(credential -> credential.service().equals(service))
            .map(ServiceCredential::name)
            .toList();
    return IntStream.range(0, MAX_CREDENTIALS)
        .mapToObj(i -> user.name() + (i == 0 ? "" : "+" + i) + "-at-" + user.account())
        .filter(name -> taken.size() < MAX_CREDENTIALS && !taken.contains(name))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                new LimitExceeded(
                    "Cannot exceed quota for ServiceSpecificCredentialsPerUser: "
                        + MAX_CREDENTIALS)));
  }

  private static ServiceSpecificCredential answer(Owned owned, String password, Instant now) {
    ServiceCredential credential = owned.credential;
    ServiceSpecificCredential.Builder answer =
        ServiceSpecificCredential.builder()
            .createDate(credential.created())
            .expirationDate(credential.expiry())
            .serviceName(credential.service())
            .serviceSpecificCredentialId(credential.id().text())
            .userName(owned.user.name())
            .status(status(credential, now));
    String secret = secret(credential.service(), credential.name(), password);
    return credential.service().equals(BEDROCK)
        ? answer.serviceCredentialAlias(credential.name()).serviceCredentialSecret(secret).build()
        : answer.serviceUserName(credential.name()).servicePassword(secret).build();
  }

  private static StatusType status(ServiceCredential credential, Instant now) {
    Instant expiry = credential.expiry();
    if (expiry != null && !now.isBefore(expiry)) {
      return StatusType.EXPIRED;
    }
    return credential.active() ? StatusType.ACTIVE : StatusType.INACTIVE;
  }

  private ListServiceSpecificCredentialsResponse list(
      ListServiceSpecificCredentialsRequest request, Call call) {
    Stream<User> owners =
        Boolean.TRUE.equals(request.allUsers())
            ? all(request, call)
            : Stream.of(
                users.read(
                    Users.asked("iam:ListServiceSpecificCredentials", request.userName(), call)));
    Optional.ofNullable(request.serviceName()).ifPresent(ServiceCredentials::requireSupported);
    Page<ServiceSpecificCredentialMetadata> page =
        Page.inOrder(
            owners
                .flatMap(user ->
                    user.credentials().services().stream().map(each -> new Owned(user, each)))
                .filter(owned ->
                    request.serviceName() == null
                        || owned.credential.service().equals(request.serviceName()))
                .map(owned -> listed(owned, call.time()))
                .toList(),
            new Wanted(request.marker(), request.maxItems()));
    return ListServiceSpecificCredentialsResponse.builder()
        .serviceSpecificCredentials(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  /// All users of the account.
  private Stream<User> all(ListServiceSpecificCredentialsRequest request, Call call) {
    if (request.userName() != null) {
      throw new Refusal(new ValidationError("name a user or ask for all users, not both"));
    }
    call.require(
        new Access("iam:ListServiceSpecificCredentials", Arn.iam(call.account(), "user/*")));
    return store.now().list(User.class, call.account(), Slice.first(Integer.MAX_VALUE)).stream();
  }

  private static ServiceSpecificCredentialMetadata listed(Owned owned, Instant now) {
    ServiceCredential credential = owned.credential;
    ServiceSpecificCredentialMetadata.Builder answer =
        ServiceSpecificCredentialMetadata.builder()
            .createDate(credential.created())
            .expirationDate(credential.expiry())
            .serviceName(credential.service())
            .serviceSpecificCredentialId(credential.id().text())
            .userName(owned.user.name())
            .status(status(credential, now));
    return credential.service().equals(BEDROCK)
        ? answer.serviceCredentialAlias(credential.name()).build()
        : answer.serviceUserName(credential.name()).build();
  }

  private UpdateServiceSpecificCredentialResponse update(
      UpdateServiceSpecificCredentialRequest request, Call call) {
    boolean isActive = request.status() == StatusType.ACTIVE;
    replace(
        Users.asked("iam:UpdateServiceSpecificCredential", request.userName(), call),
        request.serviceSpecificCredentialId(),
        credential -> credential.withActive(isActive));
    return UpdateServiceSpecificCredentialResponse.builder().build();
  }

  private ResetServiceSpecificCredentialResponse reset(
      ResetServiceSpecificCredentialRequest request, Call call) {
    String password = password();
    String id = request.serviceSpecificCredentialId();
    User user =
        replace(
            Users.asked("iam:ResetServiceSpecificCredential", request.userName(), call),
            id,
            credential ->
                credential.withPasswordHash(
                    ServiceCredential.hash(
                        secret(credential.service(), credential.name(), password))));
    return ResetServiceSpecificCredentialResponse.builder()
        .serviceSpecificCredential(answer(new Owned(user, find(user, id)), password, call.time()))
        .build();
  }

  private User replace(Asked asked, String id, UnaryOperator<ServiceCredential> edit) {
    return users.change(
        asked,
        (_, user) -> {
          ServiceCredential found = find(user, id);
          return user.withCredentials(
              user.credentials()
                  .withServices(
                      user.credentials().services().stream()
                          .map(other -> other.equals(found) ? edit.apply(found) : other)
                          .toList()));
        });
  }

  private DeleteServiceSpecificCredentialResponse delete(
      DeleteServiceSpecificCredentialRequest request, Call call) {
    users.change(
        Users.asked("iam:DeleteServiceSpecificCredential", request.userName(), call),
        (_, user) -> {
          ServiceCredential found = find(user, request.serviceSpecificCredentialId());
          return user.withCredentials(
              user.credentials()
                  .withServices(
                      user.credentials().services().stream()
                          .filter(other -> !other.equals(found))
                          .toList()));
        });
    return DeleteServiceSpecificCredentialResponse.builder().build();
  }

  private static ServiceCredential find(User user, String id) {
    return user.credentials().services().stream()
        .filter(credential -> credential.id().text().equals(id))
        .findFirst()
        .orElseThrow(() -> new Refusal(new NoSuchEntity("No such credential " + id + " exists")));
  }
}
