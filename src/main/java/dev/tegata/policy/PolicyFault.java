package dev.tegata.policy;

import org.jspecify.annotations.Nullable;

/// Why a document is not a policy, or not one of the kind it should be.
///
/// The message is what AWS tells its client; [#place] and [#expected] are for our own tools.
public final class PolicyFault extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient Place place;
  private final String expected;

  /// A line and a column, counted from 1, and the way from the root: `$.Statement[0].Effect`.
  public record Place(int line, int column, Path path) {
    /// The whole document.
    static final Place ROOT = new Place(1, 1, Path.ROOT);

    @Override
    public String toString() {
      return "line %d, column %d, %s".formatted(line, column, path);
    }
  }

  /// One step of the way and those before it. They are put together when somebody reads them, since
  /// a long name may have many members.
  public record Path(@Nullable Path before, String step) {
    static final Path ROOT = new Path(null, "$");

    Path member(String name) {
      return new Path(this, "." + name);
    }

    Path item(int index) {
      return new Path(this, "[" + index + "]");
    }

    @Override
    public String toString() {
      return before == null ? step : before + step;
    }
  }

  PolicyFault(String message, Place place, String expected) {
    super(message);
    this.place = place;
    this.expected = expected;
  }

  /// AWS's sentence.
  public String message() {
    return String.valueOf(getMessage());
  }

  public Place place() {
    return place;
  }

  /// What should have stood there.
  public String expected() {
    return expected;
  }

  /// The place and what was expected there, for a person.
  public String explanation() {
    return place + ": expected " + expected;
  }
}
