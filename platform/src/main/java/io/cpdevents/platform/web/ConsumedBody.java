package io.cpdevents.platform.web;

import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;

/** The message of a refusal whose body was read before. */
final class ConsumedBody implements HttpInputMessage {

  @Override
  public InputStream getBody() {
    return InputStream.nullInputStream();
  }

  @Override
  public HttpHeaders getHeaders() {
    return HttpHeaders.EMPTY;
  }
}
