package io.cpdevents.billing.broken;

import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Three things in one class, none of them called handle, one in the words of another service. */
@Component
public class HandleInvoices {

  private final HttpClient client;

  HandleInvoices(HttpClient client) {
    this.client = client;
  }

  /** Waits for another machine with its locks in its hands. */
  @Transactional
  public void open(PaymentCaptured captured) throws IOException, InterruptedException {
    send(captured.paymentId().toString());
  }

  /** Changes when registration-service changes. */
  public void cancel(RegistrationExpired expired) throws IOException, InterruptedException {
    send(expired.registrationId().toString());
  }

  /** One too many. */
  public void print(String id) throws IOException, InterruptedException {
    send(id);
  }

  private void send(String id) throws IOException, InterruptedException {
    client.send(
        HttpRequest.newBuilder(URI.create("http://" + id)).build(), BodyHandlers.discarding());
  }
}
