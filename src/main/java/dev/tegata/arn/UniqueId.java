package dev.tegata.arn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// An identifier that is never given twice, such as the role id `AROARZPUZDIKN6CMBN2XT`.
///
/// Four letters tell the kind. The nine after them hold the account: eight base32 characters of
/// 2^39 and half the account number, then one whose half of the alphabet tells whether the number
/// is odd. The rest is chance. A role that is deleted and made anew gets another id, which is how
/// old sessions are told from new ones.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
public record UniqueId(String text) {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ACCOUNT_CHARACTERS = 8;
  private static final long ACCOUNT_FLAG = 1L << 39;
  private static final int PREFIX_LENGTH = 4;
  private static final long MAX_ACCOUNT = 999_999_999_999L;
  private static final int ENTITY_LENGTH = 21;
  private static final int SAML_PROVIDER_LENGTH = 22;
  private static final int ACCESS_KEY_LENGTH = 20;
  private static final int MIN_LENGTH = 16;
  private static final int MAX_LENGTH = 128;

  /// What an id names, told by its first four letters.
  public enum Kind {
    /// A role.
    AROA,
    /// A user.
    AIDA,
    /// A group.
    AGPA,
    /// An instance profile.
    AIPA,
    /// A managed policy.
    ANPA,
    /// A server certificate.
    ASCA,
    /// A SAML provider; AWS calls its id a UUID, and of what it consists only the length is known.
    SAML,
    /// A long-term access key.
    AKIA,
    /// A temporary access key, which goes with a session token.
    ASIA,
    /// A user's SSH key.
    APKA,
    /// A user's credential for a single service.
    ACCA
  }

  public UniqueId {
    if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH || !isWord(text)) {
      throw new IllegalArgumentException("a unique id is 16 to 128 letters and digits");
    }
  }

  private static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128 || !(Character.isLetterOrDigit(c) || c == '_')) {
        return false;
      }
    }
    return true;
  }

  /// A new id of `kind` in `account`.
  public static UniqueId create(Kind kind, AccountId account, RandomGenerator random) {
    StringBuilder id = new StringBuilder(kind.name());
    long half = ACCOUNT_FLAG + account.number() / 2;
    for (int i = ACCOUNT_CHARACTERS - 1; i >= 0; i--) {
      id.append(BASE32.charAt((int) (half >> (5 * i)) & 31));
    }
    boolean odd = account.number() % 2 == 1;
    long chance = random.nextLong(); // 64 bits: five for each of the characters that are left
    id.append(BASE32.charAt((int) (chance & 15) + (odd ? 16 : 0)));
    while (id.length() < length(kind)) {
      chance >>>= 5;
      id.append(BASE32.charAt((int) (chance & 31)));
    }
    return new UniqueId(id.toString());
  }

  /// The id of what AWS itself has, the same for each account and server: made from `arn`, because
  /// nobody is told which AWS draws.
  public static UniqueId derived(Kind kind, Arn arn) {
    byte[] hash = sha256(arn.toString());
    StringBuilder id = new StringBuilder(kind.name()).append('I'); // as those of before 2019 begin
    for (int i = 0; id.length() < ENTITY_LENGTH; i++) {
      id.append(BASE32.charAt(hash[i] & 31));
    }
    return new UniqueId(id.toString());
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static int length(Kind kind) {
    return switch (kind) {
      case AKIA, ASIA -> ACCESS_KEY_LENGTH;
      case SAML -> SAML_PROVIDER_LENGTH;
      case AROA, AIDA, AGPA, AIPA, ANPA, ASCA, APKA, ACCA -> ENTITY_LENGTH;
    };
  }

  /// The account that is written into the id; ids made before 2019 hold none.
  public Optional<AccountId> account() {
    long half = 0;
    for (int i = PREFIX_LENGTH; i < PREFIX_LENGTH + ACCOUNT_CHARACTERS; i++) {
      int digit = BASE32.indexOf(text.charAt(i));
      if (digit < 0) {
        return Optional.empty();
      }
      half = (half << 5) | digit;
    }
    int parity = BASE32.indexOf(text.charAt(PREFIX_LENGTH + ACCOUNT_CHARACTERS));
    long number = (half - ACCOUNT_FLAG) * 2 + (parity >= 16 ? 1 : 0);
    return half < ACCOUNT_FLAG || parity < 0 || number > MAX_ACCOUNT
        ? Optional.empty()
        : Optional.of(new AccountId("%012d".formatted(number)));
  }

  /// Whether this id names a thing of `kind`.
  public boolean is(Kind kind) {
    return text.startsWith(kind.name());
  }

  @Override
  public String toString() {
    return text;
  }
}
