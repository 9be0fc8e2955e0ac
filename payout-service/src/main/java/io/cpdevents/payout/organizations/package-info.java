/** Organizations as far as payouts need them: their names and owners. */
package io.cpdevents.payout.organizations;
