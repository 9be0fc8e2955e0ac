/** What one caller may hold at a time, so that no caller holds what all need. */
package io.cpdevents.gateway.callers;
