package io.cpdevents.accounts.exports;

import io.cpdevents.accounts.exports.DataExports.Person;
import io.cpdevents.platform.http.InternalClients;
import io.cpdevents.platform.personaldata.KnownOfPerson;
import io.cpdevents.platform.personaldata.PersonAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** A ZIP with a JSON file of each service and a README. */
@Component
class DataArchive {

  private static final String README =
      """
      All that CPD Events has about you.

      accounts.json       your account, sessions, attempts to log in, memberships, and what you did
      registration.json   what you booked and waited for, tickets in your name and those given away, when you
                          came, what you answered, and what was typed about you
      billing.json        what you paid and got back, and disputes
      payout.json         nothing but organizations that you own: payouts are made to organizations
      notification.json   which mails were sent to you; their texts are kept nowhere

      Each file is an object with an array for each kind of thing. Times are UTC, amounts are in the
      currency's smallest unit. Your password is not here: nobody has it.
      """;

  /** What the services are asked. */
  record Asked(
      UUID accountId,
      String email,
      @Nullable Instant emailSince,
      List<PersonAddress> formerEmails) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final KnownOfPerson own;
  private final Map<String, RestClient> services = new LinkedHashMap<>();

  DataArchive(KnownOfPerson own, InternalClients clients, Environment environment) {
    this.own = own;
    for (String service : new String[] {"registration", "billing", "payout", "notification"}) {
      services.put(
          service, clients.to(service, environment.getRequiredProperty("cpd." + service + "-url")));
    }
  }

  /** Asks every service. */
  byte[] about(Person person, Instant now) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("README.txt", (README + "\nMade at " + now + ".\n").getBytes(StandardCharsets.UTF_8));
    files.put(
        "accounts.json",
        own.about(person.accountId(), person.email(), person.formerEmails())
            .getBytes(StandardCharsets.UTF_8));
    services.forEach((service, client) -> files.put(service + ".json", ask(client, person)));
    return zip(files);
  }

  private static byte[] ask(RestClient service, Person person) {
    return service
        .post()
        .uri("/internal/personal-data")
        .contentType(MediaType.APPLICATION_JSON)
        .body(
            new Asked(
                person.accountId(),
                person.email().email(),
                person.email().since(),
                person.formerEmails()))
        .retrieve()
        .requiredBody(byte[].class);
  }

  private static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
