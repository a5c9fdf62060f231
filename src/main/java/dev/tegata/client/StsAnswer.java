package dev.tegata.client;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// What STS answered: the texts of its elements, by their names.
public record StsAnswer(Map<String, String> texts) {

  /// Reads an answer in XML, a refusal too.
  ///
  /// @throws FailedCall when it is not XML
  public static StsAnswer read(String xml) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    Map<String, String> texts = new LinkedHashMap<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
      String name = "";
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          name = reader.getLocalName();
        } else if (event == XMLStreamConstants.CHARACTERS && !reader.isWhiteSpace()) {
          texts.putIfAbsent(name, reader.getText());
        }
      }
    } catch (XMLStreamException e) {
      throw new FailedCall("what answers is not STS: it does not speak XML");
    }
    return new StsAnswer(texts);
  }

  /// The text of the first element called `name`, or nothing.
  public String text(String name) {
    return Optional.ofNullable(texts.get(name)).orElse("");
  }

  /// The members of AWS's own answer.
  public SequencedMap<String, Object> values() {
    SequencedMap<String, Object> credentials = new LinkedHashMap<>();
    for (String name :
        new String[] {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}) {
      credentials.put(name, text(name));
    }
    SequencedMap<String, Object> user = new LinkedHashMap<>();
    user.put("AssumedRoleId", text("AssumedRoleId"));
    user.put("Arn", text("Arn"));
    SequencedMap<String, Object> values = new LinkedHashMap<>();
    values.put("Credentials", credentials);
    values.put("SubjectFromWebIdentityToken", text("SubjectFromWebIdentityToken"));
    values.put("AssumedRoleUser", user);
    values.put("Provider", text("Provider"));
    values.put("Audience", text("Audience"));
    return values;
  }

  /// The members that a `credential_process` prints.
  ///
  /// Source: <https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html>
  public SequencedMap<String, Object> credentialProcess() {
    SequencedMap<String, Object> values = new LinkedHashMap<>();
    values.put("Version", 1);
    for (String name :
        new String[] {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}) {
      values.put(name, text(name));
    }
    return values;
  }

  @Override
  public String toString() {
    return "StsAnswer[hidden]";
  }
}
