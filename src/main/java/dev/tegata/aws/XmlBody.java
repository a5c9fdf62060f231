package dev.tegata.aws;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.namespace.QName;

/// Reads the XML body of a request in one pass, without regard to name spaces and attributes.
public final class XmlBody {
  private static final int MAX_DEPTH = 16;

  /// Hears of each element when it ends: `path` is such as `Delete/Object/Key`, `text` is what
  /// stands in the element itself, and not in those inside of it.
  public interface Visitor {
    void end(String path, String text);
  }

  private record Element(String path, StringBuilder text) {}

  private XmlBody() {}

  /// Tells `visitor` of each element of `body`.
  ///
  /// @throws IllegalArgumentException when the body is not XML, has a document type, or is nested
  ///   too deeply
  public static void read(byte[] body, Visitor visitor) {
    PlainXml.read(new ByteArrayInputStream(body), MAX_DEPTH, new Paths(visitor));
  }

  private record Paths(Visitor visitor, Deque<Element> open) implements PlainXml.Visitor {
    Paths(Visitor visitor) {
      this(visitor, new ArrayDeque<>());
    }

    @Override
    public void start(QName name, int depth, Function<String, Optional<String>> attribute) {
      String own = name.getLocalPart();
      String path = open.isEmpty() ? own : open.element().path() + "/" + own;
      open.push(new Element(path, new StringBuilder()));
    }

    @Override
    public void text(String piece) {
      open.element().text().append(piece);
    }

    @Override
    public void end() {
      Element element = open.pop();
      visitor.end(element.path(), element.text().toString());
    }
  }
}
