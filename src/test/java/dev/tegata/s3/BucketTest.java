package dev.tegata.s3;

import static dev.tegata.Golden.assertGolden;
import static dev.tegata.s3.Gateway.OWNER;
import static dev.tegata.s3.Gateway.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.authorization.Call.Access;
import dev.tegata.s3.Gateway.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {
  @TempDir private Path folder;
  private Gateway s3;

  @BeforeEach
  void open() {
    s3 = new Gateway(folder);
  }

  @AfterEach
  void close() {
    s3.close();
  }

  private static String location(String region) {
    return "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + "<LocationConstraint>"
        + region
        + "</LocationConstraint></CreateBucketConfiguration>";
  }

  @Test
  void a_bucket_that_was_created_is_there() {
    Answer created = s3.put("/releases", "");
    assertThat(created.status()).isEqualTo(200);
    assertThat(created.header("Location")).isEqualTo("/releases");
    Answer head = s3.send("HEAD", "/releases", "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("x-amz-bucket-region")).isEqualTo("us-east-1");
  }

  @Test
  void a_bucket_that_is_not_there_is_missed() {
    assertThat(s3.send("HEAD", "/releases", "").status()).isEqualTo(404);
    assertThat(s3.send("HEAD", "/releases", "").text()).isEmpty();
    assertThat(s3.get("/releases").code()).isEqualTo("NoSuchBucket");
    assertThat(s3.send("DELETE", "/releases", "").code()).isEqualTo("NoSuchBucket");
    assertThat(s3.put("/releases/key", "data").code()).isEqualTo("NoSuchBucket");
  }

  @Test
  void without_rights_one_does_not_learn_whether_a_bucket_is_there() {
    s3.put("/releases", "");
    s3.allowing();
    for (String target : List.of("/releases", "/secrets", "/secrets?location", "/secrets/key")) {
      assertThat(s3.get(target).code()).as(target).isEqualTo("AccessDenied");
    }
    assertThat(s3.send("HEAD", "/secrets", "").status()).isEqualTo(403);
  }

  @Test
  void the_caller_sees_its_own_buckets_in_the_order_of_their_names() throws IOException {
    s3.put("/releases", "");
    s3.put("/caches", "");
    s3.as(STRANGER).put("/not-mine", "");
    assertGolden("s3/list-buckets.xml", s3.as(OWNER).get("/").text());
    assertThat(s3.required()).extracting(Access::action).containsExactly("s3:ListAllMyBuckets");
    assertThat(s3.required().getFirst().resource()).hasToString("arn:aws:s3:::*");
  }

  @Test
  void buckets_can_be_listed_page_by_page() throws IOException {
    for (String name : List.of("ci-one", "ci-two", "ci-three", "other")) {
      s3.put("/" + name, "");
    }
    String first = s3.get("/?max-buckets=2&prefix=ci-").text();
    assertGolden("s3/list-buckets-page.xml", first);
    String token = first.replaceFirst("(?s).*<ContinuationToken>(.*)</ContinuationToken>.*", "$1");
    String second = s3.get("/?max-buckets=2&prefix=ci-&continuation-token=" + token).text();
    assertThat(second).contains("<Name>ci-two</Name>").doesNotContain("ContinuationToken", "other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many"})
  void a_page_of_buckets_has_one_at_least(String limit) {
    s3.put("/releases", "");
    assertThat(s3.get("/?max-buckets=" + limit).code()).isEqualTo("InvalidArgument");
  }

  @Test
  void a_bucket_of_another_account_is_closed_and_its_name_taken() {
    s3.as(STRANGER).put("/theirs", "");
    s3.as(OWNER);
    assertThat(s3.put("/theirs", "").code()).isEqualTo("BucketAlreadyExists");
    assertThat(s3.get("/theirs").code()).isEqualTo("AccessDenied");
    assertThat(s3.put("/theirs/key", "data").code()).isEqualTo("AccessDenied");
    assertThat(s3.send("DELETE", "/theirs", "").code()).isEqualTo("AccessDenied");
    assertThat(s3.send("HEAD", "/theirs", "").status()).isEqualTo(403);
  }

  @Test
  void in_us_east_1_one_may_create_the_same_bucket_twice() {
    s3.put("/releases", "");
    assertThat(s3.put("/releases", "").status()).isEqualTo(200);
    s3.put("/elsewhere", location("eu-west-1"));
    assertThat(s3.put("/elsewhere", location("eu-west-1")).code())
        .isEqualTo("BucketAlreadyOwnedByYou");
  }

  @Test
  void elsewhere_one_may_not() throws IOException {
    try (Gateway europe = new Gateway(folder.resolve("."), "eu-central-1")) {
      assertThat(europe.put("/releases", location("eu-central-1")).status()).isEqualTo(200);
      Answer again = europe.put("/releases", location("eu-central-1"));
      assertThat(again.status()).isEqualTo(409);
      assertGolden("s3/error-bucket-already-owned.xml", again.text());
    }
  }

  @ParameterizedTest(name = "in {0}, `{1}` gives {2}")
  @CsvSource({
    "us-east-1,    us-east-1,  InvalidLocationConstraint",
    "us-east-1,    bar,        InvalidLocationConstraint",
    "eu-central-1, eu-west-1,  IllegalLocationConstraintException",
    "eu-central-1, bar,        IllegalLocationConstraintException",
    "eu-central-1, '',         IllegalLocationConstraintException",
  })
  void a_location_must_fit_the_endpoint(String region, String constraint, String code) {
    try (Gateway there = new Gateway(folder.resolve("."), region)) {
      assertThat(there.put("/releases", location(constraint)).code()).isEqualTo(code);
    }
  }

  @Test
  void a_location_is_a_condition_key_and_is_remembered() throws IOException {
    s3.put("/releases", location("eu-west-1"));
    assertThat(s3.required().getFirst().context())
        .containsEntry("s3:locationconstraint", List.of("eu-west-1"));
    assertThat(s3.send("HEAD", "/releases", "").header("x-amz-bucket-region"))
        .isEqualTo("eu-west-1");
    assertGolden("s3/get-bucket-location.xml", s3.get("/releases?location").text());
    s3.put("/first", "");
    assertGolden("s3/get-bucket-location-us-east-1.xml", s3.get("/first?location").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab",
        "Upper",
        "under_score",
        "-start",
        "end-",
        "two..dots",
        "192.168.5.4",
        "xn--name",
        "name-s3alias",
        "name--ol-s3",
        "name.mrap",
        "name--x-s3",
        "with%2Fslash",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void a_name_that_no_bucket_can_have_is_refused(String name) {
    Answer answer = s3.put("/" + name, "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidBucketName");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1.2.3", "a-b.c-d", "192.168.5.4a", "my.bucket"})
  void a_name_that_a_bucket_can_have_is_taken(String name) {
    assertThat(s3.put("/" + name, "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<CreateBucketConfiguration>",
        "not xml",
        "<Delete/>",
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
            + "<CreateBucketConfiguration>&e;</CreateBucketConfiguration>"
      })
  void a_body_that_is_no_configuration_is_refused(String body) {
    assertThat(s3.put("/releases", body).code()).isEqualTo("MalformedXML");
    assertThat(s3.send("HEAD", "/releases", "").status()).isEqualTo(404);
  }

  @Test
  void what_a_bucket_cannot_be_is_said_and_not_ignored() {
    assertThat(s3.put("/releases", "", "x-amz-acl", "public-read").code())
        .isEqualTo("InvalidBucketAclWithObjectOwnership");
    assertThat(s3.put("/releases", "", "x-amz-object-ownership", "ObjectWriter").code())
        .isEqualTo("NotImplemented");
    assertThat(s3.put("/releases", "", "x-amz-bucket-object-lock-enabled", "true").code())
        .isEqualTo("NotImplemented");
    String tags = "<CreateBucketConfiguration><Tags><Tag/></Tags></CreateBucketConfiguration>";
    assertThat(s3.put("/releases", tags).code()).isEqualTo("NotImplemented");
    assertThat(s3.put("/releases", "", "x-amz-acl", "private").status()).isEqualTo(200);
    assertThat(s3.required())
        .extracting(Access::action)
        .containsExactly("s3:CreateBucket", "s3:PutBucketAcl");
  }

  @Test
  void only_an_empty_bucket_can_be_deleted() throws IOException {
    s3.put("/releases", "");
    s3.put("/releases/v1", "data");
    Answer refused = s3.send("DELETE", "/releases", "");
    assertThat(refused.status()).isEqualTo(409);
    assertGolden("s3/error-bucket-not-empty.xml", refused.text());
    s3.send("DELETE", "/releases/v1", "");
    assertThat(s3.send("DELETE", "/releases", "").status()).isEqualTo(204);
    assertThat(s3.send("HEAD", "/releases", "").status()).isEqualTo(404);
  }

  @Test
  void a_client_may_say_whose_bucket_it_expects() {
    s3.put("/releases", "");
    String header = "x-amz-expected-bucket-owner";
    assertThat(s3.get("/releases", header, OWNER.digits()).status()).isEqualTo(200);
    assertThat(s3.get("/releases", header, STRANGER.digits()).code()).isEqualTo("AccessDenied");
    assertThat(s3.get("/releases", header, "abcd").code())
        .isEqualTo("InvalidBucketOwnerAWSAccountID");
  }

  @Test
  void a_bucket_may_stand_in_the_name_of_the_host() {
    s3.put("/", "", "Host", "my.bucket.s3.example.test:8787");
    s3.put("/a/b%20c", "data", "Host", "my.bucket.s3.example.test");
    assertThat(s3.get("/my.bucket/a/b%20c", "Host", "s3.example.test").text()).isEqualTo("data");
    assertThat(s3.get("/my.bucket/a/b%20c", "Host", "localhost:8787").text()).isEqualTo("data");
  }

  @Test
  void what_tegata_does_not_offer_is_named() throws IOException {
    s3.put("/releases", "");
    Answer answer = s3.send("POST", "/releases/big?uploads", "");
    assertThat(answer.status()).isEqualTo(501);
    assertGolden("s3/error-not-implemented.xml", answer.text());
    assertThat(s3.send("POST", "/releases/big", "").code()).isEqualTo("MethodNotAllowed");
    assertThat(s3.operation("PUT", "/releases/big?partNumber=1&uploadId=x"))
        .isEqualTo("UploadPart");
  }
}
