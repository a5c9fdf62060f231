package dev.tegata.issuer;

import dev.tegata.arn.AccountId;
import dev.tegata.github.Job;
import dev.tegata.github.SubjectTemplate.RepositoryForm;

/// What is registered: whose job it is, its name for the record, and what its tokens say.
///
/// `form` is how the repository is spelled in subjects by its age alone.
public record JobDescription(AccountId account, String name, Job job, RepositoryForm form) {
  private static final int MAX_NAME = 256;

  public JobDescription {
    if (name.isEmpty()
        || name.length() > MAX_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a job's name has 1 to 256 characters, none of them a control character");
    }
  }
}
