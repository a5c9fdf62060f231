package dev.tegata.s3;

import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.aws.Table;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.Query;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The table of S3's operations: method, place, query and header tell which one a request means.
final class Routes {
  private static final Map<Entrance, List<Route>> ROUTES =
      Table.read("/s3/operations.tsv").rows().stream()
          .map(Route::of)
          .collect(Collectors.groupingBy(Route::entrance));

  private Routes() {}

  private enum Place {
    SERVICE,
    BUCKET,
    OBJECT;

    static Place of(S3Request.Address address) {
      if (address.bucket().isEmpty()) {
        return SERVICE;
      }
      return address.key().isEmpty() ? BUCKET : OBJECT;
    }
  }

  private record Entrance(String method, Place place) {}

  private record Route(
      Entrance entrance, List<Query.Parameter> query, String header, String operation) {

    static Route of(List<String> cells) {
      Place place = Place.valueOf(cells.get(1).toUpperCase(Locale.ROOT));
      return new Route(
          new Entrance(cells.get(0), place),
          Query.parse(cells.get(2)).parameters(),
          cells.get(3),
          cells.get(4));
    }

    boolean fits(HttpRequest http, Query given) {
      for (Query.Parameter wanted : query) {
        boolean isThere =
            wanted.value().isEmpty()
                ? given.has(wanted.name())
                : given.first(wanted.name()).equals(Optional.of(wanted.value()));
        if (!isThere) {
          return false;
        }
      }
      return header.isEmpty() || http.headers().first(header).isPresent();
    }
  }

  /// The name of the operation.
  ///
  /// @throws Refusal when the method has no meaning for what the address names
  static String operation(HttpRequest http, Query query, S3Request.Address address) {
    Place place = Place.of(address);
    for (Route route : ROUTES.getOrDefault(new Entrance(http.method(), place), List.of())) {
      if (route.fits(http, query)) {
        return route.operation();
      }
    }
    throw new Refusal(new S3Error.MethodNotAllowed(http.method(), place.name()));
  }
}
