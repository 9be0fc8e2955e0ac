/** Limits that several ticket types of an event share. */
package io.cpdevents.registration.quotas;
