/** What Stripe has an id for: how it is kept, shown, listed and expanded. */
package io.cpdevents.sandbox.objects;
