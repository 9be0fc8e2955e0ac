/** Nobody is known here by more than an account's id, and that is what is answered. */
package io.cpdevents.payout.erasure;
