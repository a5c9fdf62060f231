package dev.tegata.certificates;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.MalformedCertificate;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.certificates.ServerCertificate.Text;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.Quota;
import dev.tegata.entity.TagRules;
import dev.tegata.store.Change;
import dev.tegata.store.EntityName;
import dev.tegata.store.IdentityStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.iam.model.DeleteServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.DeleteServerCertificateResponse;
import software.amazon.awssdk.services.iam.model.GetServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.GetServerCertificateResponse;
import software.amazon.awssdk.services.iam.model.ListServerCertificatesRequest;
import software.amazon.awssdk.services.iam.model.ListServerCertificatesResponse;
import software.amazon.awssdk.services.iam.model.ServerCertificateMetadata;
import software.amazon.awssdk.services.iam.model.UpdateServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.UpdateServerCertificateResponse;
import software.amazon.awssdk.services.iam.model.UploadServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.UploadServerCertificateResponse;

/// Server certificates. Nothing here serves them; tools upload and name them all the same.
///
/// The name of the quota is from memory of AWS, and that a certificate must hold at the time of its
/// upload; the words for the latter are our own.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html>
public final class ServerCertificates {
  private static final int MAX_CERTIFICATES = Quota.of("ServerCertificates");

  private final IdentityStore store;
  private final ServerCertificateAccess certificates;
  private final RandomGenerator random;

  public ServerCertificates(IdentityStore store, RandomGenerator random) {
    this.store = store;
    this.certificates = new ServerCertificateAccess(store);
    this.random = random;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "UploadServerCertificate", UploadServerCertificateRequest::builder, this::upload),
        QueryOperation.of("GetServerCertificate", GetServerCertificateRequest::builder, this::get),
        QueryOperation.of(
            "ListServerCertificates", ListServerCertificatesRequest::builder, this::list),
        QueryOperation.of(
            "UpdateServerCertificate", UpdateServerCertificateRequest::builder, this::update),
        QueryOperation.of(
            "DeleteServerCertificate", DeleteServerCertificateRequest::builder, this::delete));
  }

  private UploadServerCertificateResponse upload(
      UploadServerCertificateRequest request, Call call) {
    EntityName name =
        new EntityName(
            call.account(),
            Objects.requireNonNullElse(request.path(), "/"),
            request.serverCertificateName());
    SequencedMap<String, String> tags = TagRules.SERVER_CERTIFICATE.read(request.tags());
    ContextKeys context = new ContextKeys().requestTags(tags);
    Arn arn = name.arn("server-certificate");
    call.require(new Access("iam:UploadServerCertificate", arn, context.toMap()));
    if (!tags.isEmpty()) {
      call.require(new Access("iam:TagServerCertificate", arn, context.toMap()));
    }
    ServerCertificate certificate =
        new ServerCertificate(
            UniqueId.create(UniqueId.Kind.ASCA, call.account(), random),
            name,
            call.time(),
            checked(request, call.time()).getNotAfter().toInstant(),
            tags);
    Text text = Text.of(request.certificateBody(), request.certificateChain());
    store.change(change -> add(change, certificate, text));
    return UploadServerCertificateResponse.builder()
        .serverCertificateMetadata(metadata(certificate))
        .tags(request.tags())
        .build();
  }

  /// The certificate of `request`, if it holds at `now` and its key and chain belong to it.
  private static X509Certificate checked(UploadServerCertificateRequest request, Instant now) {
    X509Certificate certificate = Certificates.one(request.certificateBody());
    PrivateKeys.requireOf(certificate.getPublicKey(), request.privateKey());
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from) || now.isAfter(until)) {
      throw new Refusal(
          new MalformedCertificate(
              "the certificate does not hold now: it does from %s to %s".formatted(from, until)));
    }
    if (request.certificateChain() != null) {
      Certificates.requireChain(certificate, request.certificateChain());
    }
    return certificate;
  }

  private static ServerCertificate add(Change change, ServerCertificate certificate, Text text) {
    EntityName name = certificate.entity();
    requireFree(change, name);
    if (ServerCertificate.list(change.now(), name.account()).size() >= MAX_CERTIFICATES) {
      throw new Refusal(
          new LimitExceeded(
              "Cannot exceed quota for ServerCertificatesPerAccount: " + MAX_CERTIFICATES));
    }
    certificate.put(change);
    certificate.putText(change, text);
    return certificate;
  }

  private static void requireFree(Change change, EntityName name) {
    if (ServerCertificate.find(change.now(), name.account(), name.name()).isPresent()) {
      throw new Refusal(
          new EntityAlreadyExists(
              "The Server Certificate with name " + name.name() + " already exists."));
    }
  }

  private static ServerCertificateMetadata metadata(ServerCertificate certificate) {
    return ServerCertificateMetadata.builder()
        .path(certificate.entity().path())
        .serverCertificateName(certificate.entity().name())
        .serverCertificateId(certificate.id().text())
        .arn(certificate.arn().toString())
        .uploadDate(certificate.uploaded())
        .expiration(certificate.expiration())
        .build();
  }

  private GetServerCertificateResponse get(GetServerCertificateRequest request, Call call) {
    ServerCertificate certificate =
        certificates.read(
            Asked.of(call, "iam:GetServerCertificate", request.serverCertificateName()));
    Text text = certificate.text(store.now()).orElseGet(() -> new Text("", null));
    return GetServerCertificateResponse.builder()
        .serverCertificate(answer ->
            answer
                .serverCertificateMetadata(metadata(certificate))
                .certificateBody(text.body())
                .certificateChain(text.chain())
                .tags(TagRules.write(certificate.tags())))
        .build();
  }

  private ListServerCertificatesResponse list(ListServerCertificatesRequest request, Call call) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    call.require(
        new Access(
            "iam:ListServerCertificates", Arn.iam(call.account(), "server-certificate" + prefix)));
    Page<ServerCertificate> page =
        Page.of(
            ServerCertificate.list(store.now(), call.account()).stream()
                .filter(certificate -> certificate.entity().path().startsWith(prefix))
                .toList(),
            certificate -> certificate.entity().key(),
            new Wanted(request.marker(), request.maxItems()));
    return ListServerCertificatesResponse.builder()
        .serverCertificateMetadataList(
            page.items().stream().map(ServerCertificates::metadata).toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  /// Renames a certificate or moves it; its id stays.
  private UpdateServerCertificateResponse update(
      UpdateServerCertificateRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:UpdateServerCertificate", request.serverCertificateName());
    EntityName wanted = renamed(request, certificates.read(asked).entity());
    call.require(new Access("iam:UpdateServerCertificate", wanted.arn("server-certificate")));
    store.change(change -> {
      ServerCertificate certificate = ServerCertificateAccess.find(change.now(), asked);
      EntityName name = renamed(request, certificate.entity());
      if (!name.key().equals(certificate.entity().key())) {
        requireFree(change, name);
      }
      certificate.deleteName(change);
      certificate.called(name).put(change);
      return certificate;
    });
    return UpdateServerCertificateResponse.builder().build();
  }

  private static EntityName renamed(UpdateServerCertificateRequest request, EntityName name) {
    return new EntityName(
        name.account(),
        Objects.requireNonNullElse(request.newPath(), name.path()),
        Objects.requireNonNullElse(request.newServerCertificateName(), name.name()));
  }

  private DeleteServerCertificateResponse delete(
      DeleteServerCertificateRequest request, Call call) {
    return certificates.change(
        Asked.of(call, "iam:DeleteServerCertificate", request.serverCertificateName()),
        (change, certificate) -> {
          certificate.delete(change);
          return DeleteServerCertificateResponse.builder().build();
        });
  }
}
