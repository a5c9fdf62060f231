package dev.tegata.aws;

import dev.tegata.http.HttpResponse;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes an XML answer.
///
/// Control characters become character references, as S3 writes them, although XML 1.0 knows no
/// such references: a client that lists keys with them asks for `encoding-type=url`.
public final class XmlDocument {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// How every document begins.
  public static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private final StringWriter text = new StringWriter().append(DECLARATION);
  private final XMLStreamWriter writer;

  private XmlDocument() {
    try {
      writer = FACTORY.createXMLStreamWriter(text);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A document whose root element is in no name space.
  public static XmlDocument plain(String root) {
    return new XmlDocument().open(root);
  }

  /// A document whose root element, and all in it, is in `namespace`.
  public static XmlDocument of(String namespace, String root) {
    return plain(root).namespace(namespace);
  }

  private XmlDocument namespace(String uri) {
    return write(() -> writer.writeDefaultNamespace(uri));
  }

  /// Begins an element.
  public XmlDocument open(String name) {
    return write(() -> writer.writeStartElement(name));
  }

  /// Ends the innermost element.
  public XmlDocument close() {
    return write(writer::writeEndElement);
  }

  /// An element with text and nothing else.
  public XmlDocument element(String name, String value) {
    return open(name).text(value).close();
  }

  /// An element with a time, in milliseconds as S3 writes it.
  public XmlDocument element(String name, Instant value) {
    return element(name, TIME.format(value));
  }

  /// An element with a number.
  public XmlDocument element(String name, long value) {
    return element(name, Long.toString(value));
  }

  /// Text in the innermost element.
  public XmlDocument text(String value) {
    return write(() -> {
      int start = 0;
      for (int i = 0; i < value.length(); i++) {
        if (needsReference(value.charAt(i))) {
          writer.writeCharacters(value.substring(start, i));
          writer.writeEntityRef("#x" + Integer.toHexString(value.charAt(i)));
          start = i + 1;
        }
      }
      writer.writeCharacters(value.substring(start));
    });
  }

  private static boolean needsReference(char c) {
    return (c < ' ' && c != '\t' && c != '\n') || c == '\ufffe' || c == '\uffff';
  }

  /// The whole document as the body of an answer.
  public HttpResponse answer(int status) {
    write(writer::writeEndDocument);
    return HttpResponse.text(status, "application/xml", text.toString());
  }

  private XmlDocument write(Step step) {
    try {
      step.run();
      return this;
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e); // text in memory takes everything
    }
  }

  private interface Step {
    void run() throws XMLStreamException;
  }
}
