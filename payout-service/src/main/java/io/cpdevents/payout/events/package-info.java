/** Events as far as payouts need them: when they end. */
package io.cpdevents.payout.events;
