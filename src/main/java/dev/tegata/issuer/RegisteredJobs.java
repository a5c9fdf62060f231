package dev.tegata.issuer;

import dev.tegata.arn.AccountId;
import dev.tegata.database.Database;
import dev.tegata.github.JobReader;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.json.JsonValue.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/// The registered jobs, which every node reads from the database.
public final class RegisteredJobs {
  private final Jdbi jdbi;

  public RegisteredJobs(Database database) {
    this.jdbi = database.jdbi();
  }

  /// Keeps `job`, and forgets those that had expired when it was registered.
  void add(RegisteredJob job) {
    JobDescription description = job.description();
    jdbi.useTransaction(handle -> {
      handle
          .createUpdate("delete from registered_job where expires_at <= :now")
          .bind("now", job.registered().toEpochMilli())
          .execute();
      handle
          .createUpdate(
              "insert into registered_job (id, account_id, name, repository, bearer_hash, claims,"
                  + " repository_form, registered_at, expires_at, ended) values (:id, :account,"
                  + " :name, :repository, :hash, :claims, :form, :registered, :expiry, :ended)")
          .bind("id", job.id())
          .bind("account", description.account().digits())
          .bind("name", description.name())
          .bind("repository", small(description.job().run().repository().fullName()))
          .bind("hash", job.bearerHash())
          .bind("claims", JobReader.write(description.job()).toJson())
          .bind("form", description.form().name())
          .bind("registered", job.registered().toEpochMilli())
          .bind("expiry", job.expiry().toEpochMilli())
          .bind("ended", job.hasEnded() ? 1 : 0)
          .execute();
    });
  }

  /// The job with this id, though it may have ended.
  public Optional<RegisteredJob> find(String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select * from registered_job where id = :id")
            .bind("id", id)
            .map(RegisteredJobs::job)
            .findOne());
  }

  /// The job of the repository `fullName` that was registered last, of those that are not
  /// forgotten.
  public Optional<RegisteredJob> newestOf(String fullName) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "select * from registered_job where repository = :repository"
                    + " order by registered_at desc limit 1")
            .bind("repository", small(fullName))
            .map(RegisteredJobs::job)
            .findOne());
  }

  /// The jobs of `account` that may ask for tokens at `now`, at most `limit` of them, in the order
  /// of their ids and from the one after `after` on.
  public List<RegisteredJob> open(AccountId account, Instant now, String after, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "select * from registered_job where account_id = :account and id > :after"
                    + " and expires_at > :now and ended = 0 order by id limit :limit")
            .bind("account", account.digits())
            .bind("after", after)
            .bind("now", now.toEpochMilli())
            .bind("limit", limit)
            .map(RegisteredJobs::job)
            .list());
  }

  /// Ends the job with this id: it gets no more tokens, and is forgotten when it would have
  /// expired.
  public void end(String id) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate("update registered_job set ended = 1 where id = :id")
            .bind("id", id)
            .execute());
  }

  private static String small(String fullName) {
    return fullName.toLowerCase(Locale.ROOT);
  }

  private static RegisteredJob job(ResultSet row, StatementContext context) throws SQLException {
    return new RegisteredJob(
        row.getString("id"),
        new JobDescription(
            new AccountId(row.getString("account_id")),
            row.getString("name"),
            JobReader.read(JsonObject.parse(row.getString("claims")), false),
            RepositoryForm.valueOf(row.getString("repository_form"))),
        row.getString("bearer_hash"),
        Instant.ofEpochMilli(row.getLong("registered_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getInt("ended") != 0);
  }
}
