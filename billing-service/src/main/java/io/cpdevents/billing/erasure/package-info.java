/** A buyer is forgotten, here and at Stripe; what was paid is kept by ids and amounts. */
package io.cpdevents.billing.erasure;
