/** Delivers events as signed webhooks, with retries and with faults on demand. */
package io.cpdevents.sandbox.webhooks;
