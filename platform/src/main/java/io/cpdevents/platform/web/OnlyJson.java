package io.cpdevents.platform.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/** What the API takes and answers is JSON. */
final class OnlyJson {

  private static final HeaderContentNegotiationStrategy ACCEPT =
      new HeaderContentNegotiationStrategy();

  /** Whatever else is accepted, even little, is preferred to it. */
  private static final MediaType JSON_IN_THE_END =
      new MediaType(MediaType.APPLICATION_JSON, Map.of("q", "0.001"));

  private static final String OUR_PACKAGES = "io.cpdevents.";

  private OnlyJson() {}

  /**
   * Keeps the one converter of JSON, those of raw bytes and text that webhooks and documents need,
   * and those that a service has for answers which are also there in another form. Spring adds one
   * for each format whose library some dependency brings; YAML and others would be read without the
   * rules of {@link StrictJson}.
   */
  static void keepJson(List<HttpMessageConverter<?>> converters, BodyReader bodyReader) {
    converters.removeIf(converter ->
        !(converter instanceof JacksonJsonHttpMessageConverter
            || converter instanceof ByteArrayHttpMessageConverter
            || converter instanceof StringHttpMessageConverter
            || converter.getClass().getPackageName().startsWith(OUR_PACKAGES)));
    converters.replaceAll(converter ->
        converter instanceof JacksonJsonHttpMessageConverter json
            ? new JsonBodies(json.getMapper(), bodyReader)
            : converter);
  }

  /**
   * What the caller accepts, and JSON in the end: a request that was carried out is not refused
   * because of its {@code Accept}. Other types made of JSON are left out, since a success of type
   * {@code application/problem+json} would pass as a refusal. Parameters are left out, since the
   * answer's type would have them too: it is UTF-8, whatever is accepted.
   */
  static List<MediaType> acceptedTypes(NativeWebRequest request) {
    return Stream.concat(
            accepted(request)
                .filter(type -> !type.getSubtype().endsWith("+json"))
                .map(OnlyJson::withoutParameters),
            Stream.of(JSON_IN_THE_END))
        .toList();
  }

  /** Without those but its quality, by which the caller prefers it. */
  private static MediaType withoutParameters(MediaType type) {
    return new MediaType(type.getType(), type.getSubtype()).copyQualityValue(type);
  }

  private static Stream<MediaType> accepted(NativeWebRequest request) {
    try {
      return ACCEPT.resolveMediaTypes(request).stream();
    } catch (HttpMediaTypeNotAcceptableException malformed) {
      return Stream.empty();
    }
  }
}
