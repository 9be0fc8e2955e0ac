/**
 * Meetings at Zoom for online events, and their registrants. What there should be follows from what
 * registration-service tells; what is due is done as soon as the organization is connected.
 */
package io.cpdevents.accounts.zoommeetings;
