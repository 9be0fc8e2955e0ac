package io.cpdevents.platform.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Spring's converter of JSON, which names every field of a body that cannot be read. */
final class JsonBodies extends JacksonJsonHttpMessageConverter {

  private final BodyReader bodyReader;

  JsonBodies(JsonMapper json, BodyReader bodyReader) {
    super(json);
    this.bodyReader = bodyReader;
  }

  @Override
  public Object read(
      ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
      throws IOException {
    Buffered body = new Buffered(message.getHeaders(), message.getBody().readAllBytes());
    try {
      return super.read(type, body, hints);
    } catch (HttpMessageNotReadableException unreadable) {
      // This throws what is wrong with the fields, if it is about fields.
      bodyReader.read(tree(body, unreadable), getJavaType(type.getType(), null));
      throw unreadable;
    }
  }

  private JsonNode tree(Buffered body, HttpMessageNotReadableException unreadable) {
    try {
      return getMapper().readTree(body.content());
    } catch (JacksonException noJson) {
      throw unreadable;
    }
  }

  /** A message that can be read again. */
  private record Buffered(HttpHeaders headers, byte[] content) implements HttpInputMessage {
    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(content);
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }
  }
}
