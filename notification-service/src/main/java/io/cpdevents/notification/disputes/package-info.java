/**
 * What an organization is told when a buyer's bank takes money back, asks about it, or suspects
 * fraud: each step from the opening to the end, with the deadline to answer.
 */
package io.cpdevents.notification.disputes;
