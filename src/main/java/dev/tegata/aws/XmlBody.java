package dev.tegata.aws;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads the XML body of a request in one pass, without regard to name spaces.
///
/// No document type, and so no entity of the sender's, is read; nothing is fetched.
///
/// Source:
/// <https://cheatsheetseries.owasp.org/cheatsheets/XML_External_Entity_Prevention_Cheat_Sheet.html>
public final class XmlBody {
  private static final int MAX_DEPTH = 16;
  private static final XMLInputFactory FACTORY = factory();

  /// Hears of each element when it ends: `path` is such as `Delete/Object/Key`, `text` is what
  /// stands in the element itself, and not in those inside of it.
  public interface Visitor {
    void end(String path, String text);
  }

  private record Element(String path, StringBuilder text) {}

  private XmlBody() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /// Tells `visitor` of each element of `body`.
  ///
  /// @throws IllegalArgumentException when the body is not XML, has a document type, or is nested
  ///   too deeply
  public static void read(byte[] body, Visitor visitor) {
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
      Deque<Element> open = new ArrayDeque<>();
      while (reader.hasNext()) {
        read(next(reader), reader, open, visitor);
      }
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException("the body is not XML", e);
    }
  }

  private static int next(XMLStreamReader reader) throws XMLStreamException {
    try {
      return reader.next();
    } catch (RuntimeException e) { // so the JDK answers some broken document types
      throw new IllegalArgumentException("the body is not XML", e);
    }
  }

  private static void read(
      int event, XMLStreamReader reader, Deque<Element> open, Visitor visitor) {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> {
        if (open.size() == MAX_DEPTH) {
          throw new IllegalArgumentException("the body has elements nested too deeply");
        }
        String name = reader.getLocalName();
        String path = open.isEmpty() ? name : open.element().path() + "/" + name;
        open.push(new Element(path, new StringBuilder()));
      }
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
        if (!open.isEmpty()) {
          open.element().text().append(reader.getText());
        }
      }
      case XMLStreamConstants.END_ELEMENT -> {
        Element element = open.pop();
        visitor.end(element.path(), element.text().toString());
      }
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
          throw new IllegalArgumentException(
              "the body has a document type or an entity of its own");
      default -> {} // remarks and processing instructions say nothing
    }
  }
}
