package io.cpdevents.billing.broken;

import org.springframework.stereotype.Service;

/** Annotated in another way than the rest. */
@Service
class InvoicePrinter {}
