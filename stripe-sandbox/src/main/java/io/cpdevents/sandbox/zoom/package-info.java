/**
 * A stand-in for Zoom, beside that for Stripe because it is as small as this. It remembers what was
 * allowed, and behaves as Zoom's documentation says of what the platform uses.
 */
package io.cpdevents.sandbox.zoom;
