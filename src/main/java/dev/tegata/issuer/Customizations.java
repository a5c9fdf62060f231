package dev.tegata.issuer;

import dev.tegata.database.Database;
import dev.tegata.github.SubjectTemplate;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.github.WorkflowRun.Enterprise;
import dev.tegata.github.WorkflowRun.Repository;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/// How organizations, repositories and enterprises want their tokens, read from the database for
/// each token.
///
/// Source: <https://docs.github.com/en/rest/actions/oidc>
public final class Customizations {
  private static final String INCLUDE_SLUG = "include_enterprise_slug";

  private final Jdbi jdbi;

  /// Who customizes. The names of the constants are in the database.
  public enum Kind {
    ORGANIZATION,
    REPOSITORY,
    ENTERPRISE
  }

  public Customizations(Database database) {
    this.jdbi = database.jdbi();
  }

  /// What the organization `name` wants.
  public SubjectCustomization organization(String name) {
    return body(Kind.ORGANIZATION, name)
        .map(SubjectCustomization::read)
        .orElse(SubjectCustomization.ORGANIZATION);
  }

  /// What the repository `fullName` wants.
  public SubjectCustomization repository(String fullName) {
    return body(Kind.REPOSITORY, fullName)
        .map(SubjectCustomization::read)
        .orElse(SubjectCustomization.REPOSITORY);
  }

  /// Keeps what an organization or a repository wants.
  public void put(Kind kind, String name, SubjectCustomization customization) {
    put(kind, name, customization.toJson());
  }

  /// Whether the enterprise `slug` has an issuer of its own.
  public boolean hasOwnIssuer(String slug) {
    return body(Kind.ENTERPRISE, slug)
        .flatMap(body -> body.member(INCLUDE_SLUG))
        .equals(Optional.of(new JsonBoolean(true)));
  }

  /// Gives the enterprise `slug` an issuer of its own, or takes it away.
  public void setOwnIssuer(String slug, boolean own) {
    put(
        Kind.ENTERPRISE,
        slug,
        JsonObject.builder().put(INCLUDE_SLUG, new JsonBoolean(own)).build());
  }

  /// The custom properties that an organization or an enterprise wants told, in their order.
  public List<String> properties(Kind kind, String name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "select property from oidc_property where kind = :kind and name = :name"
                    + " order by property")
            .bind("kind", kind.name())
            .bind("name", small(name))
            .mapTo(String.class)
            .list());
  }

  /// Has `property` told; false when it is already.
  public boolean addProperty(Kind kind, String name, String property) {
    return jdbi.withHandle(handle ->
        handle
            .createUpdate(
                "insert into oidc_property (kind, name, property) values (:kind, :name, :property)"
                    + " on conflict (kind, name, property) do nothing")
            .bind("kind", kind.name())
            .bind("name", small(name))
            .bind("property", property)
            .execute())
        == 1;
  }

  /// Has `property` told no longer; false when it was not.
  public boolean removeProperty(Kind kind, String name, String property) {
    return jdbi.withHandle(handle ->
        handle
            .createUpdate(
                "delete from oidc_property where kind = :kind and name = :name"
                    + " and property = :property")
            .bind("kind", kind.name())
            .bind("name", small(name))
            .bind("property", property)
            .execute())
        == 1;
  }

  /// The template of `repository`'s subjects, whose age alone gives them `form`.
  ///
  /// The organization's template counts only for a repository that asks for it. Nobody can go back
  /// from ids to names.
  SubjectTemplate template(Repository repository, RepositoryForm form) {
    SubjectCustomization own = repository(repository.fullName());
    SubjectCustomization organization = organization(repository.owner().name());
    RepositoryForm spelled =
        own.wantsIds() || organization.wantsIds() ? RepositoryForm.NAMES_AND_IDS : form;
    List<String> keys =
        own.useDefault()
            ? List.of()
            : own.claimKeys().isEmpty() ? organization.claimKeys() : own.claimKeys();
    return keys.isEmpty() ? SubjectTemplate.standard(spelled) : new SubjectTemplate(keys, spelled);
  }

  /// What the subjects of `job` begin with, unless its template leaves the repository out.
  public String subjectPrefix(JobDescription job) {
    Repository repository = job.job().run().repository();
    RepositoryForm form = template(repository, job.form()).repositoryForm();
    return new SubjectTemplate(List.of("repo"), form).subject(job.job());
  }

  /// The custom properties that `repository`'s tokens tell.
  Set<String> toldProperties(Repository repository) {
    Set<String> told = new HashSet<>(properties(Kind.ORGANIZATION, repository.owner().name()));
    Enterprise enterprise = repository.owner().enterprise();
    if (enterprise != null) {
      told.addAll(properties(Kind.ENTERPRISE, enterprise.slug()));
    }
    return told;
  }

  private Optional<JsonObject> body(Kind kind, String name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select body from oidc_customization where kind = :kind and name = :name")
            .bind("kind", kind.name())
            .bind("name", small(name))
            .mapTo(String.class)
            .findOne()
            .map(JsonObject::parse));
  }

  private void put(Kind kind, String name, JsonObject body) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                "insert into oidc_customization (kind, name, body) values (:kind, :name, :body)"
                    + " on conflict (kind, name) do update set body = excluded.body")
            .bind("kind", kind.name())
            .bind("name", small(name))
            .bind("body", body.toJson())
            .execute());
  }

  /// GitHub's names are the same in small and in large letters.
  private static String small(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
