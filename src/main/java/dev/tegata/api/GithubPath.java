package dev.tegata.api;

import dev.tegata.http.PercentEncoding;
import dev.tegata.issuer.Customizations.Kind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a request is about: who customizes, by its name, and what; `property` is empty where none
/// is named.
record GithubPath(Kind kind, String name, Subject subject, String property) {
  private static final Pattern PATH =
      Pattern.compile(
          "(orgs|repos|enterprises)/([^/]+(?:/[^/]+)?)/actions/oidc/customization/"
              + "(sub|issuer|properties/repo)(?:/([^/]+))?");
  private static final String NAME = "[A-Za-z0-9_.-]{1,100}";
  private static final Pattern SINGLE = Pattern.compile(NAME);
  private static final Pattern DOUBLE = Pattern.compile(NAME + "/" + NAME);

  /// What can be customized.
  enum Subject {
    SUB,
    ISSUER,
    PROPERTIES
  }

  /// Reads the part of a path that comes after the API's base; nothing when there is nothing there.
  static Optional<GithubPath> parse(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Kind kind =
        switch (matcher.group(1)) {
          case "orgs" -> Kind.ORGANIZATION;
          case "repos" -> Kind.REPOSITORY;
          default -> Kind.ENTERPRISE;
        };
    Subject subject =
        switch (matcher.group(3)) {
          case "sub" -> Subject.SUB;
          case "issuer" -> Subject.ISSUER;
          default -> Subject.PROPERTIES;
        };
    String name = matcher.group(2);
    String property = Optional.ofNullable(matcher.group(4)).map(GithubPath::decode).orElse("");
    boolean isNamed = (kind == Kind.REPOSITORY ? DOUBLE : SINGLE).matcher(name).matches();
    return isNamed && exists(kind, subject) && (property.isEmpty() || subject == Subject.PROPERTIES)
        ? Optional.of(new GithubPath(kind, name, subject, property))
        : Optional.empty();
  }

  private static boolean exists(Kind kind, Subject subject) {
    return switch (subject) {
      case SUB -> kind != Kind.ENTERPRISE;
      case ISSUER -> kind == Kind.ENTERPRISE;
      case PROPERTIES -> kind != Kind.REPOSITORY;
    };
  }

  private static String decode(String segment) {
    try {
      return PercentEncoding.decode(segment);
    } catch (IllegalArgumentException e) {
      return segment; // no property is called this
    }
  }

  /// The resource that policies decide on, without what comes before in its ARN.
  String resource() {
    return switch (kind) {
          case ORGANIZATION -> "organization/";
          case REPOSITORY -> "repository/";
          case ENTERPRISE -> "enterprise/";
        }
        + name;
  }
}
