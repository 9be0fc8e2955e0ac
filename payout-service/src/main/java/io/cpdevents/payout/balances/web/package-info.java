/** Balances in the API. */
@NullMarked
package io.cpdevents.payout.balances.web;

import org.jspecify.annotations.NullMarked;
