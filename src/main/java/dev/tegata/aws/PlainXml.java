package dev.tegata.aws;

import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads a stranger's XML in one pass.
///
/// No document type, and so no entity of the sender's, is read; nothing is fetched. Of attributes
/// an element may have no more than the JDK lets it, two hundred. So that this holds for
/// declarations of name spaces too, they are read here: the JDK lets an element have any number of
/// them, and takes the square of it in time.
///
/// Source:
/// <https://cheatsheetseries.owasp.org/cheatsheets/XML_External_Entity_Prevention_Cheat_Sheet.html>
public final class PlainXml {
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader reader;
  private final int maxDepth;

  /// What the open elements declare, the innermost first: name spaces by their prefixes.
  private final Deque<Map<String, String>> declared = new ArrayDeque<>();

  /// Hears of what stands in a document, in its order.
  public interface Visitor {

    /// An element begins: the outermost has the depth 1. `attribute` gives the value of an
    /// attribute without a name space.
    void start(QName name, int depth, Function<String, Optional<String>> attribute);

    /// A piece of the text of the innermost element.
    default void text(String piece) {}

    /// The innermost element ends.
    default void end() {}
  }

  private PlainXml(XMLStreamReader reader, int maxDepth) {
    this.reader = reader;
    this.maxDepth = maxDepth;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /// Tells `visitor` of a document that tells its own encoding.
  ///
  /// @throws IllegalArgumentException when it is not XML, has a document type, or has elements
  ///   nested more than `maxDepth` deep
  static void read(InputStream document, int maxDepth, Visitor visitor) {
    try {
      new PlainXml(FACTORY.createXMLStreamReader(document), maxDepth).read(visitor);
    } catch (XMLStreamException e) {
      throw notXml(e);
    }
  }

  /// The same of a document that is text already.
  public static void read(Reader document, int maxDepth, Visitor visitor) {
    try {
      new PlainXml(FACTORY.createXMLStreamReader(document), maxDepth).read(visitor);
    } catch (XMLStreamException e) {
      throw notXml(e);
    }
  }

  private static IllegalArgumentException notXml(Exception cause) {
    return new IllegalArgumentException("it is not XML", cause);
  }

  private void read(Visitor visitor) throws XMLStreamException {
    while (reader.hasNext()) {
      read(next(), visitor);
    }
  }

  private int next() throws XMLStreamException {
    try {
      return reader.next();
    } catch (RuntimeException e) { // so the JDK answers some broken document types
      throw notXml(e);
    }
  }

  private void read(int event, Visitor visitor) {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> {
        declared.push(declarations());
        if (declared.size() > maxDepth) {
          throw new IllegalArgumentException("it has elements nested too deeply");
        }
        visitor.start(name(reader.getLocalName()), declared.size(), this::attribute);
      }
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
        if (!declared.isEmpty()) {
          visitor.text(reader.getText());
        }
      }
      case XMLStreamConstants.END_ELEMENT -> {
        declared.pop();
        visitor.end();
      }
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
          throw new IllegalArgumentException("it has a document type or an entity of its own");
      default -> {} // remarks and processing instructions say nothing
    }
  }

  private Map<String, String> declarations() {
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributePrefix(i).equals(XMLConstants.XMLNS_ATTRIBUTE)) {
        found.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
      }
    }
    attribute(XMLConstants.XMLNS_ATTRIBUTE).ifPresent(namespace -> found.put("", namespace));
    return found;
  }

  /// The element `written` as such as `md:Extensions`.
  private QName name(String written) {
    int colon = written.indexOf(':');
    String prefix = colon < 0 ? "" : written.substring(0, colon);
    for (Map<String, String> names : declared) {
      String namespace = names.get(prefix);
      if (namespace != null) {
        return new QName(namespace, written.substring(colon + 1), prefix);
      }
    }
    if (colon < 0) {
      return new QName(written);
    }
    throw new IllegalArgumentException("the prefix of `" + written + "` is not declared");
  }

  private Optional<String> attribute(String name) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributePrefix(i).isEmpty() && reader.getAttributeLocalName(i).equals(name)) {
        return Optional.of(reader.getAttributeValue(i));
      }
    }
    return Optional.empty();
  }
}
