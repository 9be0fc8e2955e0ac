package io.cpdevents.sandbox.api;

import java.util.List;

/** The endpoints of one feature. */
public interface StripeRoutes {
  List<StripeRoute> routes();
}
