package dev.tegata.server;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.tegata.accounts.Accounts;
import dev.tegata.api.AccountsApi;
import dev.tegata.api.ApiAccess;
import dev.tegata.api.GithubApi;
import dev.tegata.api.JobsApi;
import dev.tegata.api.KeyRetrievalApi;
import dev.tegata.api.KeysApi;
import dev.tegata.api.RevocationsApi;
import dev.tegata.api.SignedApi;
import dev.tegata.api.SubjectApi;
import dev.tegata.api.TokensApi;
import dev.tegata.arn.AccountId;
import dev.tegata.audit.AuditJournal;
import dev.tegata.audit.AuditLog;
import dev.tegata.authentication.ApiTokens;
import dev.tegata.authentication.Authenticator;
import dev.tegata.authentication.LastUses;
import dev.tegata.authentication.NewAccessKey;
import dev.tegata.authentication.SecondFactors;
import dev.tegata.authentication.SessionTokens;
import dev.tegata.authorization.Authorization;
import dev.tegata.authorization.AuthorizationMessages;
import dev.tegata.authorization.Call;
import dev.tegata.aws.QueryOperation;
import dev.tegata.database.Database;
import dev.tegata.federation.IssuerKeys;
import dev.tegata.federation.JwkSource;
import dev.tegata.federation.JwkSource.Answer.Found;
import dev.tegata.federation.JwkSource.Answer.Unavailable;
import dev.tegata.federation.JwkSource.Voucher;
import dev.tegata.federation.RemoteJwkSource;
import dev.tegata.federation.WebIdentities;
import dev.tegata.github.Discovery;
import dev.tegata.iam.Iam;
import dev.tegata.iam.OutboundIdentityFederation;
import dev.tegata.issuer.Customizations;
import dev.tegata.issuer.Issuer;
import dev.tegata.issuer.JobTokens;
import dev.tegata.issuer.OutboundFederation;
import dev.tegata.issuer.PublishedDocuments;
import dev.tegata.issuer.RegisteredJobs;
import dev.tegata.keys.KeyRing;
import dev.tegata.keys.RotatingRing;
import dev.tegata.keys.SealedSecrets;
import dev.tegata.keys.Secrets;
import dev.tegata.keys.SigningKey;
import dev.tegata.keys.SigningKeys;
import dev.tegata.objects.BucketStore;
import dev.tegata.objects.ObjectStore;
import dev.tegata.provisioning.Cloud;
import dev.tegata.s3.S3Service;
import dev.tegata.s3.S3Service.Endpoint;
import dev.tegata.sharing.UsedTokens;
import dev.tegata.store.IdentityStore;
import dev.tegata.sts.NewSessions;
import dev.tegata.sts.StsService;
import dev.tegata.token.Crypto;
import dev.tegata.token.JwsAlgorithm;
import dev.tegata.users.AccessKeys;
import dev.tegata.users.MfaDevices;
import dev.tegata.users.VirtualMfaDevices;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// A whole server: what a data folder holds, every service on it, and the one port they share.
///
/// This is where the parts are put together; read it to see what needs what.
public final class TegataServer implements AutoCloseable {
  /// The region that its buckets are in. Signatures may name any.
  public static final String REGION = "us-east-1";

  private final Deque<AutoCloseable> open;
  private final RootAccount root;
  private final IdentityStore identities;
  private final RotatingRing sessionKeys;
  private final Iam iam;
  private final BucketStore buckets;
  private final JobTokens jobs;
  private final Customizations customizations;
  private final HttpServer http;

  private TegataServer(ServerSettings settings, Deque<AutoCloseable> open) {
    this.open = open;
    // While the provider is loaded and a key is made, the database is opened.
    CompletableFuture<Crypto> cryptoToCome = CompletableFuture.supplyAsync(TegataServer::crypto);
    CompletableFuture<SigningKey> firstKey =
        cryptoToCome.thenApply(it -> SigningKey.create(settings.issuer().keys().algorithm(), it));
    SecureRandom random = new SecureRandom();
    Clock clock = settings.watching().clock();
    DataFolder folder = opened(DataFolder.open(settings.kept().folder()));
    Database database = opened(folder.openDatabase(settings.kept().database()));
    SealedSecrets sealed = new SealedSecrets(database);
    KeyRing master = folder.masterKey(sealed.isEmpty());
    AuditJournal journal = opened(new AuditJournal(folder.audit()));
    AuditLog audit =
        event -> {
          journal.record(event);
          settings.watching().observer().record(event);
        };
    identities = opened(new IdentityStore(database));
    buckets = new BucketStore(database);
    ObjectStore objects =
        new ObjectStore(database, settings.kept().objects().orElseGet(folder::objects), random);
    objects.sweep(clock.instant());

    Secrets secrets = new Secrets(sealed, master);
    KeyRing atRest = secrets.ring("access keys");
    sessionKeys = new RotatingRing(sealed, master, "session tokens", clock);
    SessionTokens tokens = new SessionTokens(sessionKeys);
    opened(KeyRotation.start(sessionKeys));
    SecondFactors secondFactors = new SecondFactors(identities, atRest);
    KeyRing messages = secrets.ring("authorization messages");
    Authenticator authenticator =
        new Authenticator(identities, tokens, atRest, opened(LastUses.in(database)));
    Crypto crypto = cryptoToCome.join();
    Authorization authorization =
        new Authorization(identities, new AuthorizationMessages(messages));
    http = opened(new HttpServer(settings.listen()));
    http.start();
    // Only now: the root key is shown once, and a port in use must not cost it.
    root =
        RootAccount.open(
            identities,
            atRest,
            new RootAccount.Wanted(settings.account(), settings.rootKey()),
            random,
            clock.instant());
    KeyRing signing = secrets.ring("signing keys");
    SigningKeys signingKeys =
        SigningKeys.in(database, signing, settings.issuer().keys(), crypto)
            .startingWith(firstKey::join, clock.instant());
    customizations = new Customizations(database);
    Issuer issuer =
        new Issuer(
            settings.issuer().name().orElse(url().toString()),
            settings.issuer().defaultAudience(),
            signingKeys,
            customizations);
    iam = new Iam(identities, random, issuer::isNamed);
    RegisteredJobs registered = new RegisteredJobs(database);
    jobs = new JobTokens(issuer, registered, audit, random);
    OutboundFederation outbound =
        new OutboundFederation(
            settings
                .issuer()
                .name()
                .filter(name -> !name.equals(Discovery.GITHUB))
                .orElse(url().toString()),
            secrets,
            identities,
            new OutboundFederation.Tools(
                SigningKeys.forOtherClouds(database, signing, JwsAlgorithm.RS256, crypto),
                SigningKeys.forOtherClouds(database, signing, JwsAlgorithm.ES384, crypto),
                random));
    WebIdentities webIdentities =
        new WebIdentities(
            identities,
            new IssuerKeys(
                sources(issuer, outbound, clock, new RemoteJwkSource(crypto)),
                Thread::startVirtualThread),
            settings.claims(),
            new UsedTokens(database));
    StsService sts =
        new StsService(
            identities,
            new StsService.Proofs(webIdentities, secondFactors),
            new NewSessions(tokens, random),
            outbound);
    QueryEndpoint query =
        new QueryEndpoint(
            new QueryEndpoint.Services(
                sts.unsigned(),
                sts.signed(),
                iam.service(
                    Stream.of(
                            new OutboundIdentityFederation(outbound).operations(),
                            new AccessKeys(identities, atRest, random).operations(),
                            new VirtualMfaDevices(identities, secondFactors, random).operations(),
                            new MfaDevices(identities, secondFactors).operations())
                        .<QueryOperation<Call, ?, ?>>flatMap(List::stream)
                        .toList()),
                authenticator,
                authorization,
                audit));
    S3Endpoint s3 =
        new S3Endpoint(
            new S3Service(buckets, objects, new Endpoint(REGION, List.of())),
            authenticator,
            authorization,
            audit);
    ApiAccess access = new ApiAccess(identities, authorization, audit, REGION);
    ApiTokens apiTokens = new ApiTokens(secrets.ring("api tokens"), authenticator);
    SignedApi api =
        new SignedApi(
            authenticator,
            access,
            new SignedApi.Operations(
                new AccountsApi(new Accounts(identities, atRest, random)),
                new JobsApi(jobs, registered, issuer.name()),
                new KeysApi(signingKeys, outbound, sessionKeys),
                new TokensApi(apiTokens),
                new RevocationsApi(identities, random),
                new KeyRetrievalApi(iam.keyRetrievals())));
    GithubApi github = new GithubApi(apiTokens, access, new SubjectApi(customizations, registered));
    http.answerWith(
        new Router(
            new Router.Parts(
                query,
                s3,
                new PublishedDocuments(issuer),
                jobs,
                outbound,
                api,
                github,
                identities::isCurrent),
            clock));
  }

  /// Starts a server.
  ///
  /// @throws dev.tegata.database.StoreException when the data folder cannot be used
  /// @throws IllegalArgumentException when the address cannot be listened at
  public static TegataServer start(ServerSettings settings) {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try {
      return new TegataServer(settings, open);
    } catch (RuntimeException e) {
      close(open);
      throw e;
    }
  }

  /// Its own tokens are checked without the network, whatever name they carry.
  private static JwkSource sources(
      Issuer issuer, OutboundFederation outbound, Clock clock, JwkSource remote) {
    return location -> {
      if (outbound.isOwn(location.issuer())) {
        return new Unavailable("its tokens are for other clouds, not for this one");
      }
      return issuer.isNamed(location.issuer())
          ? new Found(issuer.keys(clock.instant()), Voucher.NOBODY)
          : remote.find(location);
    };
  }

  private static Crypto crypto() {
    return AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null
        ? Crypto.preferring(AmazonCorrettoCryptoProvider.INSTANCE)
        : Crypto.jdk();
  }

  private <C extends AutoCloseable> C opened(C part) {
    open.push(part);
    return part;
  }

  /// Where clients find it: `http://127.0.0.1:8787`.
  public URI url() {
    return URI.create("http://" + http.address());
  }

  /// The account that it was started for, or else the one that manages the others.
  public AccountId account() {
    return root.account();
  }

  /// How many accounts there are beside that one.
  public long otherAccounts() {
    return identities.now().accountCount() - 1;
  }

  /// The root access key, if this start made it up.
  public Optional<NewAccessKey> newRootKey() {
    return root.created();
  }

  public Iam iam() {
    return iam;
  }

  /// Gives session tokens a new key. Sessions that live go on.
  public void rotateSessionKeys() {
    sessionKeys.rotate();
  }

  public BucketStore buckets() {
    return buckets;
  }

  /// What can be filled from a file.
  public Cloud cloud() {
    return new Cloud(account(), identities, iam, buckets);
  }

  public JobTokens jobs() {
    return jobs;
  }

  public Customizations customizations() {
    return customizations;
  }

  @Override
  public void close() {
    close(open);
  }

  /// The last that was opened is closed first.
  private static void close(Deque<AutoCloseable> open) {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("the server did not close", e);
      }
    }
  }
}
