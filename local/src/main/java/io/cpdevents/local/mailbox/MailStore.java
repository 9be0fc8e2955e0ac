package io.cpdevents.local.mailbox;

import io.cpdevents.contracts.ContractsJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Every mail ever received, a line of JSON each in one file; in memory is only where each one is.
 */
final class MailStore implements AutoCloseable {

  private record Place(long id, String to, long offset, int length) {}

  private final FileChannel file;
  private final List<Place> places = new ArrayList<>();
  private long lastId;

  MailStore(Path directory) {
    try {
      Files.createDirectories(directory);
      file =
          FileChannel.open(
              directory.resolve("mails.jsonl"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      readPlaces();
    } catch (IOException e) {
      throw new UncheckedIOException("could not open the mails in " + directory, e);
    }
  }

  /** Keeps a mail, made from its new id. */
  synchronized void add(LongFunction<Mail> mailWithId) {
    Mail mail = mailWithId.apply(lastId + 1);
    byte[] line =
        (ContractsJson.mapper().writeValueAsString(mail) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      long offset = file.size();
      ByteBuffer buffer = ByteBuffer.wrap(line);
      long position = offset;
      while (buffer.hasRemaining()) {
        position += file.write(buffer, position);
      }
      lastId = mail.id();
      places.add(new Place(mail.id(), key(mail.to()), offset, line.length));
    } catch (IOException e) {
      throw new UncheckedIOException("could not keep a mail", e);
    }
  }

  /** The newest mails, newest first; of one recipient if told. */
  synchronized List<Mail> newest(@Nullable String to, int most) {
    return places.reversed().stream()
        .filter(place -> to == null || place.to().equals(key(to)))
        .limit(most)
        .map(this::read)
        .toList();
  }

  /** The mails that came after this one, oldest first. */
  synchronized List<Mail> after(long id, int most) {
    int behind = places.size();
    while (behind > 0 && places.get(behind - 1).id() > id) {
      behind--;
    }
    return places.stream().skip(behind).limit(most).map(this::read).toList();
  }

  synchronized Optional<Mail> withId(long id) {
    return places.stream().filter(place -> place.id() == id).findFirst().map(this::read);
  }

  /** Forgets all mails; ids go on counting until the next start. */
  synchronized void clear() {
    try {
      file.truncate(0);
      places.clear();
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete the mails", e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private Mail read(Place place) {
    try {
      ByteBuffer buffer = ByteBuffer.allocate(place.length());
      while (buffer.hasRemaining() && file.read(buffer, place.offset() + buffer.position()) >= 0) {
        // Until the whole line is there.
      }
      return ContractsJson.mapper().readValue(buffer.array(), Mail.class);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read mail " + place.id(), e);
    }
  }

  private void readPlaces() throws IOException {
    long offset = 0;
    var reader = Channels.newInputStream(file.position(0));
    byte[] all = reader.readAllBytes();
    int start = 0;
    for (int at = 0; at < all.length; at++) {
      if (all[at] == '\n') {
        byte[] line = java.util.Arrays.copyOfRange(all, start, at + 1);
        try {
          Mail mail = ContractsJson.mapper().readValue(line, Mail.class);
          places.add(new Place(mail.id(), key(mail.to()), start, line.length));
          lastId = mail.id();
          offset = at + 1L;
        } catch (JacksonException e) {
          break;
        }
        start = at + 1;
      }
    }
    // A mail that was half written when the process was killed was not acknowledged either.
    file.truncate(offset);
  }

  private static String key(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }
}
