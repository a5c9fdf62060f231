package dev.tegata.credentials;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an account asks of its users' passwords. A password never ends where there is no `maxAge`.
///
/// The sentences are AWS's, as people have quoted them. Nobody signs in with a password here, so
/// `maxAge` and `hardExpiry` are told and change nothing.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html>
public record PasswordRules(
    int minimumLength,
    boolean symbols,
    boolean numbers,
    boolean uppercase,
    boolean lowercase,
    boolean usersMayChange,
    @Nullable Integer maxAge,
    @Nullable Integer reusePrevention,
    @Nullable Boolean hardExpiry) {
  private static final int DEFAULT_LENGTH = 8;
  private static final int DEFAULT_CLASSES = 3;
  private static final String SYMBOLS = "!@#$%^&*()_+-=[]{}|'";
  private static final String SHOULD = "Password should have ";

  /// A kind of character, and how a sentence asks for one.
  private enum Characters {
    UPPERCASE("uppercase letter"),
    LOWERCASE("lowercase letter"),
    NUMBER("number"),
    SYMBOL("symbol");

    private final String words;

    Characters(String words) {
      this.words = words;
    }

    private boolean isMissing(String password) {
      return password.chars().noneMatch(this::has);
    }

    private boolean has(int c) {
      return switch (this) {
        case UPPERCASE -> c >= 'A' && c <= 'Z';
        case LOWERCASE -> c >= 'a' && c <= 'z';
        case NUMBER -> c >= '0' && c <= '9';
        case SYMBOL -> SYMBOLS.indexOf(c) >= 0;
      };
    }

    private static List<String> missing(List<Characters> wanted, String password) {
      return wanted.stream()
          .filter(characters -> characters.isMissing(password))
          .map(characters -> SHOULD + "at least one " + characters.words)
          .toList();
    }
  }

  /// What is wrong with `password`, if anything.
  public Optional<String> complaint(String password) {
    List<String> found = new ArrayList<>();
    if (password.length() < minimumLength) {
      found.add(SHOULD + "a minimum length of " + minimumLength);
    }
    found.addAll(Characters.missing(wanted(), password));
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
  }

  private List<Characters> wanted() {
    List<Characters> wanted = new ArrayList<>();
    if (uppercase) {
      wanted.add(Characters.UPPERCASE);
    }
    if (lowercase) {
      wanted.add(Characters.LOWERCASE);
    }
    if (numbers) {
      wanted.add(Characters.NUMBER);
    }
    if (symbols) {
      wanted.add(Characters.SYMBOL);
    }
    return wanted;
  }

  /// The same in an account that has set no rules: eight characters of three kinds.
  public static Optional<String> defaultComplaint(String password) {
    if (password.length() < DEFAULT_LENGTH) {
      return Optional.of(SHOULD + "a minimum length of " + DEFAULT_LENGTH);
    }
    List<Characters> all = List.of(Characters.values());
    List<String> missing = Characters.missing(all, password);
    int tooFew = DEFAULT_CLASSES - (all.size() - missing.size());
    return tooFew <= 0
        ? Optional.empty()
        : Optional.of(
            "Password should meet %d more of the following requirements: %s"
                .formatted(tooFew, String.join(", ", missing)));
  }
}
