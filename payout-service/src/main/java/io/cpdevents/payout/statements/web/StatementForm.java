package io.cpdevents.payout.statements.web;

import io.cpdevents.payout.statements.StatementView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Answers with a statement as a file, in the language of the reader. */
final class StatementForm extends AbstractHttpMessageConverter<StatementView> {

  /** Writes a statement in some language. */
  interface Writing {
    void write(StatementView statement, StatementWords words, OutputStream out) throws IOException;
  }

  private final Writing writing;

  StatementForm(MediaType mediaType, Writing writing) {
    super(mediaType);
    if (mediaType.getType().equals("text")) {
      setDefaultCharset(StandardCharsets.UTF_8);
    }
    this.writing = writing;
  }

  @Override
  protected boolean supports(Class<?> type) {
    return type == StatementView.class;
  }

  @Override
  public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
    return false;
  }

  @Override
  protected StatementView readInternal(
      Class<? extends StatementView> type, HttpInputMessage message) {
    throw new HttpMessageNotReadableException("Statements are not read.", message);
  }

  @Override
  protected void writeInternal(StatementView statement, HttpOutputMessage message)
      throws IOException {
    StatementWords words = StatementWords.in(LocaleContextHolder.getLocale());
    message.getHeaders().setContentLanguage(words.locale());
    message.getHeaders().setContentDisposition(saved(statement));
    writing.write(statement, words, message.getBody());
  }

  private ContentDisposition saved(StatementView statement) {
    String extension = getSupportedMediaTypes().getFirst().getSubtype();
    return ContentDisposition.attachment()
        .filename("payout-" + statement.payout().id() + "." + extension)
        .build();
  }
}
