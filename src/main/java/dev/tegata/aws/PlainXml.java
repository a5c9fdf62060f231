package dev.tegata.aws;

import java.io.InputStream;
import java.io.Reader;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads a stranger's XML in one pass.
///
/// No document type, and so no entity of the sender's, is read; nothing is fetched.
///
/// Source:
/// <https://cheatsheetseries.owasp.org/cheatsheets/XML_External_Entity_Prevention_Cheat_Sheet.html>
public final class PlainXml {
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader reader;
  private final int maxDepth;
  private int depth;

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
        depth++;
        if (depth > maxDepth) {
          throw new IllegalArgumentException("it has elements nested too deeply");
        }
        visitor.start(reader.getName(), depth, this::attribute);
      }
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
        if (depth > 0) {
          visitor.text(reader.getText());
        }
      }
      case XMLStreamConstants.END_ELEMENT -> {
        depth--;
        visitor.end();
      }
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
          throw new IllegalArgumentException("it has a document type or an entity of its own");
      default -> {} // remarks and processing instructions say nothing
    }
  }

  private Optional<String> attribute(String name) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String namespace = reader.getAttributeNamespace(i);
      boolean isPlain = namespace == null || namespace.isEmpty();
      if (isPlain && reader.getAttributeLocalName(i).equals(name)) {
        return Optional.of(reader.getAttributeValue(i));
      }
    }
    return Optional.empty();
  }
}
