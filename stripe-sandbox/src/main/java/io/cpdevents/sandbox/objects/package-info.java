/** Stripe's objects: how they are stored, shown, listed and expanded. */
package io.cpdevents.sandbox.objects;
