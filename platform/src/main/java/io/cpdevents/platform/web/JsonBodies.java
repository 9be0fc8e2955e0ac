package io.cpdevents.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Spring's converter of JSON, which reads {@code application/json} in UTF-8 and nothing else, and
 * names every field of a body that cannot be read.
 */
final class JsonBodies extends JacksonJsonHttpMessageConverter {

  private final BodyReader bodyReader;

  JsonBodies(JsonMapper json, BodyReader bodyReader) {
    super(json);
    this.bodyReader = bodyReader;
  }

  /**
   * Spring's own also reads types that are made of JSON, such as a problem or a list of patches,
   * and other encodings.
   */
  @Override
  public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
    return mediaType != null
        && mediaType.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
        && (mediaType.getCharset() == null || mediaType.getCharset().equals(UTF_8))
        && super.canRead(type, mediaType);
  }

  @Override
  public List<MediaType> getSupportedMediaTypes(Class<?> type) {
    return ProblemDetail.class.isAssignableFrom(type)
        ? super.getSupportedMediaTypes(type)
        : List.of(MediaType.APPLICATION_JSON);
  }

  @Override
  public Object read(
      ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
      throws IOException {
    Buffered body = new Buffered(message.getHeaders(), message.getBody().readAllBytes());
    requireUtf8(body);
    try {
      return super.read(type, body, hints);
    } catch (HttpMessageNotReadableException unreadable) {
      // This throws what is wrong with the fields, if it is about fields.
      bodyReader.read(tree(body, unreadable), getJavaType(type.getType(), null));
      throw unreadable;
    }
  }

  /** Jackson reads some octets that are no UTF-8, such as a slash in two of them. */
  private static void requireUtf8(Buffered body) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(body.content()));
    } catch (CharacterCodingException malformed) {
      throw new HttpMessageNotReadableException("no UTF-8", malformed, body);
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
