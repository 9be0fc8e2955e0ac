/** A person asks to be erased, and is, in all services. */
package io.cpdevents.accounts.erasure;
