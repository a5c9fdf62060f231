package dev.tegata.accountdetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.accountdetails.AccountDetails.Notice;
import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.MfaDevice;
import dev.tegata.authentication.MfaDevice.Assignment;
import dev.tegata.authentication.MfaDevice.WrongCodes;
import dev.tegata.credentials.SigningCertificate;
import dev.tegata.credentials.UserCredentials;
import dev.tegata.database.Database;
import dev.tegata.database.Sealed;
import dev.tegata.store.AccessKey;
import dev.tegata.store.Account;
import dev.tegata.store.AccountRecord;
import dev.tegata.store.Change;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.OidcProvider;
import dev.tegata.store.Role;
import dev.tegata.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountDetailsTest {
  private static final Path VECTORS = Path.of("src/test/resources/vectors/explain");
  private static final AccountId ACCOUNT = new AccountId("123456789012");

  @TempDir private Path folder;

  private static String details() throws IOException {
    return Files.readString(VECTORS.resolve("details.json"));
  }

  private static String page(String name, boolean more) {
    return """
    {"RoleDetailList": [{"RoleId": "AROARZPUZDIK%1$s%1$s%1$s", "RoleName": "%1$s",
      "Arn": "arn:aws:iam::123456789012:role/%1$s",
      "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
        "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}}],
     "IsTruncated": %2$s}
    """
        .formatted(name, more);
  }

  @Test
  void pages_are_read_one_after_another_or_in_a_list() {
    String first = page("one", true);
    String last = page("two", false);
    for (String text : List.of(first + last, "[" + first + "," + last + "]")) {
      AccountDetails details = AccountDetails.read(text);
      assertThat(details.holders().roles()).extracting(Role::name).containsExactly("one", "two");
      assertThat(details.notices()).isEmpty();
    }
  }

  @Test
  void a_last_page_that_is_not_the_last_is_told() {
    assertThat(AccountDetails.read(page("one", true)).notices())
        .extracting(Notice::sentence)
        .containsExactly("the last page says that there are more, which are not in the file");
  }

  @Test
  void what_is_read_is_there_after_the_store_was_opened_anew() throws IOException {
    AccountDetails details = AccountDetails.read(details());
    Path file = folder.resolve("tegata.db");
    try (Database database = Database.open(file)) {
      IdentityStore identities = new IdentityStore(database);
      identities.change(change -> {
        change.create(new Account(ACCOUNT, Instant.EPOCH));
        return ACCOUNT;
      });
      details.store(identities, details.providers(List.of()));
      details.store(identities, details.providers(List.of())); // as at a second start
    }
    try (Database database = Database.open(file)) {
      Identities now = new IdentityStore(database).now();
      assertThat(now.roles(ACCOUNT))
          .extracting(Role::name)
          .containsExactly("ci", "deploy", "gitlab", "lambda");
      assertThat(
              now.awsPolicy(
                  Arn.parse("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly")))
          .isPresent();
      assertThat(now.policy(Arn.parse("arn:aws:iam::123456789012:policy/releases")).orElseThrow())
          .satisfies(policy -> assertThat(policy.inForce().id()).isEqualTo("v2"));
      User user = now.user(ACCOUNT, "monalisa").orElseThrow();
      Group group = now.group(ACCOUNT, "developers").orElseThrow();
      assertThat(user.id().text()).isEqualTo("AIDARZPUZDIKAAAAAAAAA");
      assertThat(user.groups()).containsExactly(group.id());
      assertThat(user.tags()).containsEntry("team", "octo");
      assertThat(user.permissions().inline()).containsOnlyKeys("own");
      assertThat(user.permissions().attached())
          .containsExactly(Arn.parse("arn:aws:iam::123456789012:policy/releases"));
      assertThat(user.permissions().boundary())
          .isEqualTo(Arn.parse("arn:aws:iam::aws:policy/AmazonS3FullAccess"));
      assertThat(now.members(group)).containsExactly(user);
      assertThat(group.permissions().inline()).containsOnlyKeys("look");
      assertThat(now.profile(ACCOUNT, "machines").orElseThrow().role())
          .isEqualTo(now.role(ACCOUNT, "ci").orElseThrow().id());
      assertThat(now.providers(ACCOUNT))
          .extracting(OidcProvider::url)
          .containsExactly("gitlab.com", "token.actions.githubusercontent.com");
    }
  }

  /// A user is deleted and made anew, another renamed, between two exports.
  @Test
  void a_user_of_the_same_name_and_another_id_is_another_user() throws IOException {
    try (Database database = Database.open(folder.resolve("tegata.db"))) {
      IdentityStore identities = new IdentityStore(database);
      identities.change(change -> {
        change.create(new Account(ACCOUNT, Instant.EPOCH));
        return ACCOUNT;
      });
      AccountDetails.read(details()).store(identities, List.of());
      User before = identities.now().user(ACCOUNT, "monalisa").orElseThrow();
      identities.change(change -> {
        change.create(
            new AccessKey(
                new UniqueId("AKIARZPUZDIKAAAAAAAA"),
                Arn.iam(ACCOUNT, "root"),
                new Sealed(new byte[] {1}),
                Instant.EPOCH,
                before.id(),
                true));
        return before;
      });
      String later =
          details()
              .replace("AIDARZPUZDIKAAAAAAAAA", "AIDARZPUZDIKBBBBBBBBB")
              .replace("group/developers", "group/authors")
              .replace("\"developers\"", "\"authors\"");
      AccountDetails.read(later).store(identities, List.of());
      User after = identities.now().user(ACCOUNT, "monalisa").orElseThrow();
      assertThat(identities.now().user(before.id())).isEmpty();
      assertThat(identities.now().accessKey(new UniqueId("AKIARZPUZDIKAAAAAAAA"))).isEmpty();
      assertThat(identities.now().group(ACCOUNT, "developers")).isEmpty();
      assertThat(identities.now().members(identities.now().group(ACCOUNT, "authors").orElseThrow()))
          .containsExactly(after);
      assertThat(identities.now().count(User.class, ACCOUNT)).isOne();
      assertThat(identities.now().count(Group.class, ACCOUNT)).isOne();
    }
  }

  @Test
  void what_a_user_shows_to_be_who_it_is_stays_with_the_user() throws IOException {
    try (Database database = Database.open(folder.resolve("tegata.db"))) {
      IdentityStore identities = new IdentityStore(database);
      identities.change(change -> {
        change.create(new Account(ACCOUNT, Instant.EPOCH));
        return ACCOUNT;
      });
      AccountDetails.read(details()).store(identities, List.of());
      identities.change(AccountDetailsTest::giveCredentials);
      UserCredentials given =
          identities.now().user(ACCOUNT, "monalisa").orElseThrow().credentials();

      AccountDetails.read(details()).store(identities, List.of());
      AccountDetails.read(details().replace("monalisa", "lisa")).store(identities, List.of());
      User renamed = identities.now().user(ACCOUNT, "lisa").orElseThrow();
      assertThat(renamed.credentials()).isEqualTo(given);

      String another = details().replace("monalisa", "lisa").replace("AAAAAAAAA", "BBBBBBBBB");
      AccountDetails.read(another).store(identities, List.of());
      User other = identities.now().user(ACCOUNT, "lisa").orElseThrow();
      assertThat(other.credentials()).isEqualTo(UserCredentials.NONE);
      assertThat(MfaDevice.named(identities.now(), ACCOUNT, "/phone").orElseThrow().assigned())
          .isEmpty();
      assertThat(identities.now().record(ACCOUNT, "signing-certificate", "ABCDEFGH"))
          .as("somebody else may upload it")
          .isEmpty();
    }
  }

  private static User giveCredentials(Change change) {
    User user = change.now().user(ACCOUNT, "monalisa").orElseThrow();
    new MfaDevice(
            ACCOUNT,
            "/phone",
            new Sealed(new byte[] {1}),
            new LinkedHashMap<>(),
            new Assignment(user.id(), Instant.EPOCH, 0, 0),
            WrongCodes.NONE)
        .put(change);
    SigningCertificate certificate =
        new SigningCertificate("ABCDEFGH", "a certificate", Instant.EPOCH, true);
    change.put(
        new AccountRecord(ACCOUNT, "signing-certificate", certificate.id(), user.id().text()));
    User changed =
        user.withCredentials(
            user.credentials()
                .withMfaDevices(List.of("/phone"))
                .withCertificates(List.of(certificate)));
    change.put(changed);
    return changed;
  }

  @Test
  void a_group_that_is_not_in_the_file_is_told() throws IOException {
    assertThat(
            AccountDetails.read(
                    details().replace("\"developers\"\n            ]", "\"gone\"\n            ]"))
                .notices())
        .extracting(Notice::sentence)
        .contains("user monalisa is in the group gone, which is not in the file: it adds nothing");
  }

  @Test
  void a_provider_that_is_given_goes_before_one_that_is_guessed() throws IOException {
    OidcProvider given =
        ProviderDetails.read(Files.readString(VECTORS.resolve("provider.json")), ACCOUNT);
    assertThat(given.issuer()).isEqualTo("https://token.actions.githubusercontent.com");
    assertThat(given.clientIds())
        .containsExactly("sts.amazonaws.com", "https://github.com/octo-org");
    assertThat(AccountDetails.read(details()).providers(List.of(given))).contains(given).hasSize(2);
  }

  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '|',
      value = {
        "\"Effect\": \"Allow\"|\"Effect\": \"Alow\"|Syntax errors in policy. (in"
            + " `PolicyDocument`, expected `Allow` or `Deny`, not `Alow`)",
        "\"RoleId\"|\"RolId\"|property `RoleDetailList[0].RoleId` is missing",
        "\"DefaultVersionId\": \"v2\"|\"DefaultVersionId\": \"v9\"|property"
            + " `Policies[0].DefaultVersionId` is v9, which is not in the list",
        "\"DefaultVersionId\": \"v2\"|\"DefaultVersionId\": \"two\"|property"
            + " `Policies[0].DefaultVersionId` is a version such as v1, not `two`"
      })
  void a_fault_is_told(String was, String is, String sentence) throws IOException {
    String text = details().replaceFirst(Pattern.quote(was), is);
    assertThatThrownBy(() -> AccountDetails.read(text))
        .isInstanceOf(YamlException.class)
        .hasMessage(sentence);
  }

  @Test
  void broken_json_is_told_with_its_place() {
    assertThatThrownBy(() -> AccountDetails.read("{\n  \"RoleDetailList\": [}"))
        .isInstanceOf(YamlException.class)
        .satisfies(fault -> assertThat(((YamlException) fault).in("f")).startsWith("f:2:"));
    assertThatThrownBy(() -> AccountDetails.read("{\"RoleDetailList\": []}"))
        .hasMessage("there is no role and no policy of an account in the file");
  }

  @Test
  void a_template_in_json_is_none() {
    assertThat(AccountDetails.isIn("{\"Resources\": {}}")).isFalse();
    assertThat(AccountDetails.isIn("Resources: {}")).isFalse();
    assertThat(AccountDetails.isIn(" [{\"RoleDetailList\": []}]")).isTrue();
  }
}
