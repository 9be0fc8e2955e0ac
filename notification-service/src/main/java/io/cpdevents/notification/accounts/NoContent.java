package io.cpdevents.notification.accounts;

import io.cpdevents.notification.writing.ContentSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** For mails whose subject says all: nobody is asked for more. */
@Component
class NoContent implements ContentSource<NoContent.Nothing> {

  record Nothing() {}

  private static final int MAX_IDS = 1_000;

  @Override
  public String owner() {
    return "nobody";
  }

  @Override
  public Class<Nothing> contentType() {
    return Nothing.class;
  }

  @Override
  public int maxIdsPerCall() {
    return MAX_IDS;
  }

  @Override
  public boolean isUnknownGone() {
    return false;
  }

  @Override
  public Map<UUID, Nothing> find(Set<UUID> ids) {
    return ids.stream().collect(Collectors.toMap(Function.identity(), _ -> new Nothing()));
  }
}
