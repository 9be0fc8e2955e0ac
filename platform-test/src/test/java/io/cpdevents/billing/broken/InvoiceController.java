package io.cpdevents.billing.broken;

import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import java.io.IOException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Nobody says who may call it; and it listens as well, outside of the folder for that. */
@Controller
class InvoiceController {

  private final HandleInvoices invoices;

  InvoiceController(HandleInvoices invoices) {
    this.invoices = invoices;
  }

  @GetMapping("/invoices")
  void print() throws IOException, InterruptedException {
    invoices.print("all");
  }

  @KafkaListener
  void on(RegistrationExpired expired) throws IOException, InterruptedException {
    invoices.cancel(expired);
  }
}
